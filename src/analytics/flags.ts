import { type DayRange, type IsoDay, isoDay } from "./day.ts";
import { chanceOf, type Deviation, followDeviation } from "./deviation.ts";
import type { MetricModel } from "./metric-model.ts";
import { findRuns, type Run, runOf } from "./runs.ts";
import { dayNumbers, valueAt } from "./series.ts";
import type { MetricHistory } from "./strained-nights.ts";
import { type TypicalRange, typicalRanges } from "./typical-range.ts";

/** A day on which one metric is far from its usual value. */
export interface Flag {
  day: IsoDay;
  metric: string;
  /** In the metric's unit. */
  value: number;
  z: number;
  /** Two-sided. */
  p: number;
  usual: TypicalRange;
  state: "provisional" | "established";
  /** Neighbouring days that are unusual in the same direction, this day included. */
  run: FlaggedRun;
}

export interface FlaggedRun {
  start: IsoDay;
  end: IsoDay;
  flaggedDays: number;
  /** The number of days without a value between the first and the last day of the run. */
  withoutData: number;
}

export interface ScoredDay {
  day: number;
  value: number | null;
  deviation: Deviation;
}

/**
 * Lists every day of the range, oldest first, with its deviation from what was usual in the 60 days before that day.
 * @param guarded The day numbers of days that look like an illness. Their values do not count when the usual value of a
 * later day is computed.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * const series = { firstDay: 20000, values: Array.from({ length: 40 }, (_, night) => 50 + 2 * (night % 2)) };
 * scoreDays({ series, model }, { start: isoDay(20039), end: isoDay(20040) }, new Set());
 * // [{ day: 20039, value: 52, deviation: { kind: "score", z: 1.00…, … } },
 * //  { day: 20040, value: null, deviation: { kind: "no_value" } }]
 */
export function scoreDays(
  { series, model }: Pick<MetricHistory, "series" | "model">,
  range: DayRange,
  guarded: ReadonlySet<number>,
): ScoredDay[] {
  const { first, last } = dayNumbers(range);
  const deviationOf = followDeviation(series, model, { guarded });
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const day = first + index;
    return { day, value: valueAt(series, day), deviation: deviationOf(day) };
  });
}

/**
 * Finds the unusual days (|z| ≥ threshold), oldest first.
 * @param days All consecutive days of one metric, from {@link scoreDays}.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * // Nights that alternate between 50 and 52 bpm, and two nights of 60 bpm with a night without a value between them.
 * const values = Array.from({ length: 40 }, (_, night) => 50 + 2 * (night % 2));
 * const series = { firstDay: 20000, values: values.with(35, 60).with(36, null).with(37, 60) };
 * const days = scoreDays({ series, model }, { start: isoDay(20030), end: isoDay(20039) }, new Set());
 * const flags = flagDays(days, "resting_heart_rate", model, 2.5);
 * flags.map(({ day, value }) => [day, value]); // [["2024-11-08", 60], ["2024-11-10", 60]]
 * flags[0].run; // { start: "2024-11-08", end: "2024-11-10", flaggedDays: 2, withoutData: 1 }
 */
export function flagDays(days: readonly ScoredDay[], metric: string, model: MetricModel, threshold: number): Flag[] {
  const [earliest] = days;
  if (earliest === undefined) return [];
  const flagged = days.flatMap(({ day, value, deviation }) =>
    deviation.kind === "score" && value !== null && Math.abs(deviation.z) >= threshold
      ? [{ day, value, score: deviation }]
      : [],
  );
  const hasData = (day: number) => (days[day - earliest.day]?.value ?? null) !== null;
  const runsToward = (direction: number) =>
    findRuns(
      flagged.filter(({ score }) => Math.sign(score.z) === direction).map(({ day }) => day),
      hasData,
    );
  const above = runsToward(1);
  const below = runsToward(-1);
  const rangeOf = typicalRanges(model);
  return flagged.flatMap(({ day, value, score }): Flag[] => {
    const { z, baseline } = score;
    const run = runOf(day, z > 0 ? above : below);
    const usual = rangeOf(baseline, day);
    const p = chanceOf(score);
    return run ? [{ day: isoDay(day), metric, value, z, p, usual, state: baseline.state, run: labelRun(run) }] : [];
  });
}

/**
 * Converts the day numbers of a run to dates.
 * @example
 * labelRun({ first: 20000, last: 20002, flagged: 2, withoutData: 1 });
 * // { start: "2024-10-04", end: "2024-10-06", flaggedDays: 2, withoutData: 1 }
 */
export function labelRun({ first, last, flagged, withoutData }: Run): FlaggedRun {
  return { start: isoDay(first), end: isoDay(last), flaggedDays: flagged, withoutData };
}
