import { type Baseline, type BaselineOptions, followBaseline, type UsualRange } from "./baseline.ts";
import { clockDifference } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { type MetricModel, modelSeries, toModelScale } from "./metric-model.ts";
import { predictDay } from "./prediction.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { twoSidedP } from "./t-distribution.ts";

export type Deviation =
  | Score
  | Exclude<Baseline, UsualRange>
  | { kind: "no_value" }
  /**
   * All earlier days have the same value and the metric has no lower limit of the standard deviation. The standard
   * deviation is 0, so z is not defined.
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

/**
 * How far the value of a day is from what was usual in the days before it: z = (x − mean) / (SD · √(1 + 1/n)). x is the
 * value of the day on the metric's model scale (for example, its logarithm), and n is the number of measured days
 * before it. The factor √(1 + 1/n) accounts for the uncertainty of the mean. If the metric has weekday effects, the
 * offset of the day's weekday is added to the mean, and the uncertainty of this offset is added under the root ({@link
 * predictDay}).
 * @example
 * // 28 days of 50 or 52 bpm, and then a day of 55 bpm.
 * const values = Array.from({ length: 29 }, (_, day) => (day === 28 ? 55 : 50 + 2 * (day % 2)));
 * const restingHeartRate = { firstDay: dayNumber("2026-02-01"), values };
 * const model = { transform: "none", weekday: false, sdFloor: 0 };
 * deviationOn(restingHeartRate, "2026-03-01", model); // { kind: "score", z: 3.8596…, … }
 * deviationOn(restingHeartRate, "2026-03-02", model); // { kind: "no_value" }
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
 * Returns a function that computes how far a day's value is from the usual value. For many days, it is much faster than
 * separate calls of {@link deviationOn}. The days are passed as day numbers (days since 1970-01-01) and must ascend.
 * Between two calls, the caller may add the day of the last call to `guarded`. The value of that day is then left out
 * of the usual values of later days.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 0 };
 * const deviationOf = followDeviation({ firstDay: 20_000, values: [50] }, model);
 * deviationOf(20_000); // { kind: "too_little_history", haveDays: 0, needDays: 14 }
 * deviationOf(20_001); // { kind: "no_value" }
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
  const { expected, error } = predictDay(baseline, day);
  const z = (model.transform === "clock" ? clockDifference(x, expected) : x - expected) / error;
  if (!Number.isFinite(z)) return { kind: "flat_history", n: baseline.n };
  return { kind: "score", z, baseline };
}

/**
 * How far a value is from a given baseline (what is usual), in standard deviations. The baseline may be that of another
 * day, for example of the day of an event.
 * @param value In the metric's unit.
 * @param day A day number (days since 1970-01-01), because weekdays can have different usual values.
 * @returns Null if the metric's scale is not defined for the value (such as the logarithm of 0), or if the standard
 * deviation of the baseline is 0.
 * @example
 * const baseline = { mean: 50, sd: 2, n: 16, weekdays: null };
 * deviationFrom(55, 20_000, baseline, { transform: "none" }); // 2.4253562503633…
 */
export function deviationFrom(value: number, day: number, baseline: UsualRange, model: MetricModel): number | null {
  const x = toModelScale(value, model.transform);
  const deviation = x === null ? null : score(x, day, baseline, model);
  return deviation?.kind === "score" ? deviation.z : null;
}

/**
 * The probability that a day is at least |z| standard deviations above or below the usual value by chance alone. It is
 * computed from Student's t with n − 1 degrees of freedom, where n is the number of days in the baseline.
 * @example chanceOf({ kind: "score", z: 2.5, baseline: { n: 60 } }) // 0.0152…
 */
export function chanceOf({ z, baseline }: Score): number {
  return twoSidedP(z, baseline.n - 1);
}
