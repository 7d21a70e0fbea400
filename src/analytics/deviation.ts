import { type Baseline, type BaselineOptions, followBaseline, type UsualRange } from "./baseline.ts";
import { clockDifference } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { fromModelScale, type MetricModel, modelSeries, toModelScale } from "./metric-model.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";
import { offsetOn, offsetVarianceOn } from "./weekday.ts";

/** How far the value of one day is from the usual value, or the reason why that cannot be determined. */
export type Deviation =
  | Score
  | Exclude<Baseline, UsualRange>
  | { kind: "no_value" }
  /**
   * All earlier days have the same value and the metric has no lower limit of the SD. The SD is 0, so z (the distance
   * from the usual value in SDs) is not defined.
   */
  | { kind: "flat_history"; n: number };

export interface Score {
  kind: "score";
  /**
   * The distance of the day's value from the usual value, in standard deviations. Positive means above the usual value,
   * or later than the usual time for a clock time.
   */
  z: number;
  baseline: UsualRange;
}

/** The usual range of a metric, in the metric's unit. */
export interface TypicalRange {
  typical: number;
  /**
   * The lower end of the usual range, an 80 % prediction interval that holds eight in ten ordinary days. For clock
   * times, `low` is the earlier end.
   */
  low: number;
  /** The upper end of the 80 % prediction interval. */
  high: number;
  n: number;
}

/**
 * How far the value of a day is from what was usual in the days before it: z = (x − mean) / (SD · √(1 + 1/n)). x is the
 * value of the day, and n is the number of measured days before it. All terms are on the metric's model scale (for
 * example, its logarithm). The factor √(1 + 1/n) accounts for the uncertainty of the mean. With weekday effects, the
 * mean includes the offset of the day's weekday, and the factor includes the uncertainty of this offset.
 * @example deviationOn(restingHeartRate, "2026-03-03", model) // { kind: "score", z: 3.1, baseline }
 */
export function deviationOn(
  series: DailySeries,
  day: IsoDay,
  model: MetricModel,
  options: BaselineOptions = {},
): Deviation {
  return followDeviation(series, model, options)(dayNumber(day));
}

/**
 * Returns a function that computes how far the value of a day is from the usual value. For many days, this function is
 * much faster than separate calls of {@link deviationOn}. The days are passed as days since 1970-01-01, in ascending
 * order. Between two calls, the caller may add the day of the last call to `guarded` (the days to leave out). For later
 * days, the usual value is computed without that day.
 */
export function followDeviation(
  series: DailySeries,
  model: MetricModel,
  options: BaselineOptions = {},
): (day: number) => Deviation {
  const scaled = modelSeries(series, model);
  const baselineOf = followBaseline(scaled, model, options);
  return (day) => {
    const x = valueAt(scaled, day);
    if (x === null) return { kind: "no_value" };
    const baseline = baselineOf(day);
    return baseline.kind === "baseline" ? score(x, day, baseline, model) : baseline;
  };
}

function score(x: number, day: number, baseline: UsualRange, model: MetricModel): Deviation {
  const { expected, error } = predict(baseline, day);
  const z = (model.transform === "clock" ? clockDifference(x, expected) : x - expected) / error;
  if (!Number.isFinite(z)) return { kind: "flat_history", n: baseline.n };
  return { kind: "score", z, baseline };
}

/**
 * How far a value is from a given baseline (what is usual), in standard deviations. The baseline may be the baseline of
 * another day, for example of the day of an event.
 * @param value The value in the metric's unit.
 * @param day The day of the value, in days since 1970-01-01. It is needed because weekdays can have different offsets.
 * @returns Null if the metric's scale is not defined for the value (such as the logarithm of 0), or if the SD of the
 * baseline is 0.
 */
export function deviationFrom(value: number, day: number, baseline: UsualRange, model: MetricModel): number | null {
  const x = toModelScale(value, model.transform);
  const deviation = x === null ? null : score(x, day, baseline, model);
  return deviation?.kind === "score" ? deviation.z : null;
}

/**
 * The probability that a day is at least |z| standard deviations above or below the usual value by chance alone. It is
 * computed from Student's t with n − 1 degrees of freedom, where n is the number of days in the baseline.
 * @example chanceOf({ kind: "score", z: 2.5, baseline }) // 0.0152 for n = 60
 */
export function chanceOf({ z, baseline }: Score): number {
  return twoSidedP(z, baseline.n - 1);
}

/**
 * The value that is usual for a day according to a baseline, and the standard error of predicting the day's value. Both
 * are on the metric's model scale (for example, its logarithm).
 */
function predict({ mean, sd, n, weekdays }: UsualRange, day: number): { expected: number; error: number } {
  if (weekdays === null) return { expected: mean, error: sd * Math.sqrt(1 + 1 / n) };
  const error = sd * Math.sqrt(1 + 1 / n + offsetVarianceOn(day, weekdays));
  return { expected: mean + offsetOn(day, weekdays), error };
}

/**
 * Caches the quantiles of {@link usualQuantile} by n (the number of days in a baseline). A tool call that shows a chart
 * needs thousands of quantiles for a few different n, and each takes 10 µs to compute. The cache outlives a call, but
 * cannot change a result, because a quantile depends on n alone. The cache stays small, because a baseline has at most
 * a few dozen days.
 */
const quantiles = new Map<number, number>();

/**
 * Half the width of the usual range, in standard errors. The usual range is an 80 % prediction interval from `n`
 * earlier days.
 */
export function usualQuantile(n: number): number {
  const quantile = quantiles.get(n) ?? tQuantile(0.9, n - 1);
  quantiles.set(n, quantile);
  return quantile;
}

/**
 * The usual range of a metric for a day, in the metric's unit. The range can differ between weekdays.
 * @param day The day, in days since 1970-01-01.
 * @example typicalRange(baseline, dayNumber("2026-03-03"), model) // { typical: 51, low: 48, high: 54, n: 57 }
 */
export function typicalRange(baseline: UsualRange, day: number, model: MetricModel): TypicalRange {
  const { expected, error } = predict(baseline, day);
  const halfWidth = usualQuantile(baseline.n) * error;
  const back = (value: number) => fromModelScale(value, model.transform);
  return { typical: back(expected), low: back(expected - halfWidth), high: back(expected + halfWidth), n: baseline.n };
}
