import { expect, it } from "vitest";
import { sayChangeOf } from "../../src/words/metric-change.ts";

it("says the ends of an interval in the form of the difference", () => {
  const hours = (from: number, to: number, low: number, high: number) =>
    sayChangeOf("total_sleep", { from: from / 60, to: to / 60, interval: { low: low / 60, high: high / 60 } });
  expect(hours(450, 371, -99, -59)).toMatchObject({ signed: "-1 h 19 min", interval: "-1 h 39 min to -59 min" });
  expect(hours(400, 418, -10, 46)).toMatchObject({ signed: "+18 min", interval: "-10 to +46 min" });
  expect(hours(400, 440, -5, 85)).toMatchObject({ signed: "+40 min", interval: "-5 min to +1 h 25 min" });
  const bedtimes = sayChangeOf("bedtime", { from: 1400, to: 1470, interval: { low: 30, high: 110 } });
  expect(bedtimes).toMatchObject({ signed: "+1 h 10 min", interval: "+30 min to +1 h 50 min" });
});
