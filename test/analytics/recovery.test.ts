import { describe, expect, it } from "vitest";
import { recoverAfter } from "../../src/analytics/recovery.ts";
import { estimateSurvival } from "../../src/analytics/survival.ts";
import { expectToAgree, methods } from "./golden/methods.ts";

describe("the recovery after an event", () => {
  it.each(methods.recovery.cases)("agrees with numpy: $name", ({ input: { series, events, low, high }, expected }) => {
    const recoveries = events.map((event) =>
      recoverAfter({
        series: { firstDay: 0, values: series },
        event,
        nextEvent: events.filter((other) => other > event)[0] ?? null,
        usual: { low, high },
      }),
    );
    const { events: count, recovered, steps, medianNight } = estimateSurvival(recoveries);
    expectToAgree(
      {
        times: recoveries.map(({ kind, night }) => (kind === "recovered" ? [night, null] : [null, night])),
        recovered,
        events: count,
        km: steps.map(({ night, share }) => [night, share]),
        median: medianNight,
      },
      expected,
    );
  });

  const usual = { low: 47, high: 52 };
  const recovery = (values: (number | null)[], nextEvent: number | null = null) =>
    recoverAfter({ series: { firstDay: 100, values: [60, ...values] }, event: 100, nextEvent, usual });

  it("names why it is not known", () => {
    expect(recovery([60, 60])).toEqual({ kind: "censored", night: 2, because: "end_of_record" });
    expect(recovery([60, 60, 60], 103)).toEqual({ kind: "censored", night: 2, because: "next_event" });
    expect(recovery([60, null, null, 50, 50])).toEqual({ kind: "censored", night: 1, because: "missing_nights" });
    expect(recovery(new Array<number>(20).fill(60))).toEqual({ kind: "censored", night: 14, because: "horizon" });
  });

  it("counts an event as observed until it was censored", () => {
    const survival = estimateSurvival([
      { kind: "recovered", night: 2 },
      { kind: "censored", night: 3, because: "next_event" },
      { kind: "recovered", night: 4 },
      { kind: "censored", night: 14, because: "horizon" },
    ]);
    expect(survival.steps).toEqual([
      { night: 2, share: 0.75 },
      { night: 4, share: 0.375 },
    ]);
    expect(survival).toMatchObject({ medianNight: 4, isEnough: false });
    expect(estimateSurvival(new Array(5).fill({ kind: "recovered", night: 2 }))).toMatchObject({ isEnough: true });
    expect(estimateSurvival([]).medianNight).toBeNull();
  });
});
