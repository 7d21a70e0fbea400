import { expect, it } from "vitest";
import { nameColumn } from "../../src/words/column-name.ts";

it("names a table's columns for people, the unit behind", () => {
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
