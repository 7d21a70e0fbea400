import { type DayRange, type IsoDay, isoDay } from "./day.ts";
import { chanceOf, type Deviation, followDeviation, type Score, type TypicalRange, typicalRange } from "./deviation.ts";
import type { MetricModel } from "./metric-model.ts";
import { findRuns, type Run, runOf } from "./runs.ts";
import { dayNumbers, valueAt } from "./series.ts";
import type { MetricHistory } from "./strained-nights.ts";

/** A day on which one metric is far from its usual value. */
export interface Flag {
  day: IsoDay;
  metric: string;
  /** The value in the metric's unit. */
  value: number;
  /**
   * The distance of the day's value from the usual value, in standard deviations. Positive means above the usual value.
   */
  z: number;
  /** The two-sided p-value of `z` (the distance from the usual value in standard deviations). */
  p: number;
  usual: TypicalRange;
  state: "provisional" | "established";
  /**
   * The run of days that this day belongs to: neighbouring days that are unusual in the same direction, this day
   * included.
   */
  run: FlaggedRun;
}

export interface FlaggedRun {
  start: IsoDay;
  end: IsoDay;
  flaggedDays: number;
  /** The number of days without a value between the first and the last day of the run (neighbouring unusual days). */
  withoutData: number;
}

/** One day of a metric, with its deviation from what was usual before that day. */
export interface ScoredDay {
  /** The day number (days since 1970-01-01). */
  day: number;
  value: number | null;
  deviation: Deviation;
}

/**
 * Lists every day of the range, oldest first, with its deviation from what was usual in the 60 days before that day.
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
 * Finds the unusual days (|z| ≥ threshold), oldest first. z is the distance from the usual value in standard
 * deviations. Each day is returned with its run: the neighbouring days that are also unusual in the same direction.
 * @param days All consecutive days of one metric, from {@link scoreDays}.
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
  return flagged.flatMap(({ day, value, score }) => {
    const run = runOf(day, score.z > 0 ? above : below);
    return run ? [describe(day, value, score, metric, model, run)] : [];
  });
}

function describe(day: number, value: number, score: Score, metric: string, model: MetricModel, run: Run): Flag {
  const label = isoDay(day);
  const { z, baseline } = score;
  const usual = typicalRange(baseline, day, model);
  return { day: label, metric, value, z, p: chanceOf(score), usual, state: baseline.state, run: labelRun(run) };
}

/** Converts the first and the last day of a run (neighbouring unusual days) from day numbers to dates. */
export function labelRun({ first, last, flagged, withoutData }: Run): FlaggedRun {
  return { start: isoDay(first), end: isoDay(last), flaggedDays: flagged, withoutData };
}
