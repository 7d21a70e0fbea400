import { expect, it } from "vitest";
import { ringConfiguration, sleepPeriodWithSeries } from "../../src/oura/schemas.ts";

it("a text longer than any word is a gap, and a long night keeps its curves", () => {
  expect(ringConfiguration.parse({ color: "x".repeat(200_000), design: "horizon" })).toMatchObject({
    color: null,
    design: "horizon",
  });
  const curve = "4".repeat((14 * 60 * 60) / 30);
  expect(sleepPeriodWithSeries.parse({ day: "2026-11-20", sleep_phase_30_sec: curve })).toMatchObject({
    sleep_phase_30_sec: curve,
  });
});
