import { scaleLinear } from "d3-scale";
import { describe, expect, it } from "vitest";
import type { IsoDay } from "../../src/analytics/day.ts";
import { readAnswer } from "../../src/views/answer.ts";
import { chooseDrawing, type ViewState } from "../../src/views/choose-drawing.ts";
import { sayTick, unrollClock } from "../../src/views/format.ts";
import { extentOf } from "../../src/views/frame.ts";
import { scaleFor, ticksOf } from "../../src/views/pictures/metric-scale.ts";
import type { Picture } from "../../src/words/pictures.ts";

/** What the view says around a plot. The plots themselves need a browser (test/e2e/views.test.ts). */
function draw(picture: Picture, fields: object = {}) {
  const answer = { ...readAnswer({ structuredContent: fields }), picture };
  const state: ViewState = { asTable: false, chosen: null, steps: null, trouble: null };
  const drawing = chooseDrawing(answer, state, { readCourse: null, addSteps: null }, () => {});
  if (drawing === null) throw new Error("nothing is drawn");
  return drawing;
}

const firstDay = "2026-11-01" as IsoDay; // a label, written as one
const hrv = { id: "hrv", label: "Heart rate variability", unit: "ms", decimals: 0 } as const;
const steps = { id: "steps", label: "Steps", unit: "steps", decimals: 0 } as const;

describe("ranked days", () => {
  const ranked = (count: number): Picture => ({
    kind: "ranked",
    metric: steps,
    order: "Highest",
    days: "2026-11-01..2026-11-20",
    n: 20,
    median: null,
    ranked: Array.from({ length: count }, (_, index) => ({
      rank: index + 1,
      day: firstDay,
      value: 9_000 - index,
      said: `${9_000 - index} steps`,
    })),
  });

  it("are drawn up to twelve, and the note counts the others", () => {
    expect(draw(ranked(12))).toMatchObject({ note: null, description: "Highest steps: 12 of 20 measured days." });
    const more = draw(ranked(13));
    expect([more.description, more.note?.(400)]).toEqual([
      "Highest steps: 12 of 20 measured days.",
      "The table has 1 more.",
    ]);
  });
});

describe("a trend", () => {
  const of = (directions: readonly string[]): Picture => ({
    kind: "trend",
    firstDay,
    windowDays: 7,
    metrics: directions.map((direction, index) => ({
      ...(index === 0 ? hrv : steps),
      direction,
      values: [40, null, 44],
      means: [null, null, 42],
      usual: null,
    })),
  });

  it("names its last day, and has the newest day first in its table", () => {
    const { heading, description, tables } = draw(of(["no_clear_trend"]));
    expect(heading).toBe("Heart rate variability, 7 days to Tue 3 Nov");
    expect(description).toContain("2 of 3 days");
    expect(tables.at(-1)?.rows).toEqual([
      ["2026-11-03", "44 ms", "42.0 ms"],
      ["2026-11-02", "no data", "no data"],
      ["2026-11-01", "40 ms", "no data"],
    ]);
  });

  it("shows the first metric that rises or falls, or else the first", () => {
    expect(draw(of(["no_clear_trend", "falling"])).choice?.chosen).toBe(1);
    expect(draw(of(["no_clear_trend", "no_clear_trend"])).choice?.chosen).toBe(0);
  });

  it("says the change in percent, with its sign, or else in SD", () => {
    const changeWith = (row: Record<string, unknown>) =>
      draw(of(["falling"]), { columns: ["metric", ...Object.keys(row)], rows: [["hrv", ...Object.values(row)]] })
        .figures;
    expect(changeWith({ vs_window_pct: -4, vs_window_sd: -1 })).toContainEqual({
      label: "Against the days before",
      value: "-4 %",
    });
    expect(changeWith({ vs_window_pct: null, vs_window_sd: 1.5 })).toContainEqual({
      label: "Against the days before",
      value: "+1.5 SD",
    });
  });

  it("says how few days there are where no trend can be seen", () => {
    expect(draw(of(["too_little_history"])).note?.(400)).toBe(
      "2 days are too few to see a trend. Keep wearing the ring.",
    );
  });
});

describe("unusual days", () => {
  const of = (flagged: number): Picture => ({
    kind: "anomalies",
    firstDay,
    neededDays: 14,
    together: [],
    metrics: Array.from({ length: 8 }, (_, index) => ({
      ...{ ...hrv, label: `Metric ${index}` },
      ...{ values: [40, 41, 42], low: [30, 30, 30], high: [50, 50, 50] },
      runs: index < flagged ? [[index === flagged - 1 ? 0 : 1, 1] as const] : [],
    })),
  });

  it.each([
    [559, "The table has 4 more."],
    [560, "The table has 1 more: Metric 5."],
  ])("of seven metrics in %i pixels name those without a plot, and plot the longest runs first", (width, said) => {
    expect(draw(of(7)).note?.(width)).toBe(said);
  });

  it.each([
    [0.99, "less than one day"],
    [1.4, "about 1 day"],
    [1.5, "about 2 days"],
  ])("say of %f days expected by chance: %s", (expected, said) => {
    expect(draw(of(1), { expected_on_ordinary_days: expected }).note?.(400)).toBe(`Chance alone would mark ${said}.`);
  });

  it("end on the last day, and count the metrics", () => {
    expect(draw(of(2))).toMatchObject({
      heading: "Unusual days, 1 Nov – 3 Nov",
      figures: [{ value: "2 of 8 metrics" }, { value: "None" }],
    });
  });
});

it("of a day's sleeps, the last night is drawn, and not a nap", () => {
  const sleep = (kind: string) => ({
    ...{ day: firstDay, sleep: kind, start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 1, 8) },
    ...{ stages: null, heartRate: null, hrv: null },
  });
  const sleeps = ["night", "night", "nap"].map(sleep);
  expect(draw({ kind: "night", sleeps }).choice?.chosen).toBe(1);
});

describe("an axis", () => {
  it("has a margin of 8 % on both sides, and at least the given width", () => {
    expect(extentOf([100, 200, null])).toEqual([92, 208]);
    expect(extentOf([50], 4)).toEqual([48, 52]);
    expect(extentOf([null])).toBeNull();
  });

  it("of clock times is at least an hour wide, and that of other units two of its last digits", () => {
    expect(scaleFor({ unit: "clock", decimals: 0 }, [600], [0, 100]).domain()).toEqual([570, 630]);
    expect(scaleFor({ unit: "°C", decimals: 1 }, [1], [0, 100]).domain()).toEqual([0.9, 1.1]);
  });

  it.each([
    [60, 4, [600, 615, 630, 645, 660]],
    [61, 4, [600, 630, 660]],
    [480, 4, [600, 720, 840, 960, 1080]],
    [481, 4, [720, 960]],
    [961, 4, [960, 1440]],
  ])("of %i minutes has its marks on whole quarters, halves or hours", (minutes, count, marks) => {
    const scale = scaleLinear([600, 600 + minutes], [0, 100]);
    expect(ticksOf({ unit: "clock", decimals: 0 }, scale, count).at).toEqual(marks);
  });

  it("says thousands of steps from a thousand on", () => {
    expect([999, 1_000, 12_500].map((value) => sayTick(value, steps))).toEqual(["999", "1k", "12.5k"]);
    expect(sayTick(1_430, { unit: "clock", decimals: 0 })).toBe("23:50");
    expect(sayTick(7.25, { unit: "h", decimals: 2 })).toBe("7.3 h");
  });

  it("puts clock times within half a day of one another, across midnight", () => {
    expect([1_430, 10, 719, 720].map((time) => unrollClock(time, "clock", 0))).toEqual([-10, 10, 719, -720]);
    expect(unrollClock(10, "clock", 1_430)).toBe(1_450);
    expect([unrollClock(1_430, "bpm", 0), unrollClock(null, "clock", 0)]).toEqual([1_430, null]);
  });
});
