import { expect, it } from "vitest";
import { ringConfiguration, sleepPeriodWithSeries } from "../../src/oura/schemas.ts";

it("reads an overlong text as null, and keeps the curves of a long night", () => {
  expect(ringConfiguration.parse({ color: "x".repeat(200_000), design: "horizon" })).toMatchObject({
    color: null,
    design: "horizon",
  });
  const curve = "4".repeat((14 * 60 * 60) / 30);
  expect(sleepPeriodWithSeries.parse({ day: "2026-11-20", sleep_phase_30_sec: curve })).toMatchObject({
    sleep_phase_30_sec: curve,
  });
});
