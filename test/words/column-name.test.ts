import { expect, it } from "vitest";
import { nameColumn } from "../../src/words/column-name.ts";

it("gives table columns a readable name with the unit at the end", () => {
  const columns = ["day", "asleep_min", "efficiency_pct", "hr_low_bpm", "hrv_ms", "breath_per_min", "restless_periods"];
  expect(columns.map(nameColumn)).toEqual([
    "Day",
    "Asleep (min)",
    "Efficiency (%)",
    "HR low (bpm)",
    "HRV (ms)",
    "Breath per min",
    "Restless periods",
  ]);
});
