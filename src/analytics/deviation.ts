import { type Baseline, type BaselineOptions, followBaseline, type UsualRange } from "./baseline.ts";
import { clockDifference } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { fromModelScale, type MetricModel, modelSeries, toModelScale } from "./metric-model.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";
import { offsetOn, offsetVarianceOn } from "./weekday.ts";

/** How far one day lies from what is usual, or why that cannot be determined. */
export type Deviation =
  | Score
  | Exclude<Baseline, UsualRange>
  | { kind: "no_value" }
  /** Every earlier day has the same value and the metric has no SD floor, so z is not defined. */
  | { kind: "flat_history"; n: number };

export interface Score {
  kind: "score";
  /** Standard deviations from usual; positive is above (for clock times: later). */
  z: number;
  baseline: UsualRange;
}

/** The usual range of a metric, in its own unit. */
export interface TypicalRange {
  typical: number;
  /** An 80 % prediction interval: eight days in ten lie in it. For clock times, `low` is the earlier. */
  low: number;
  high: number;
  n: number;
}

/**
 * The deviation of a day from its trailing baseline: z = (x − mean) / (SD · √(1 + 1/n)), on the metric's model scale.
 * The factor √(1 + 1/n) accounts for the estimated mean. With weekday effects, the mean includes the day's weekday
 * offset.
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

/** The same for many day numbers in ascending order. The caller may add earlier days to `guarded` between calls. */
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
 * How far a value of a day lies from a given baseline, in standard deviations: {@link deviationOn} against the baseline of
 * another day.
 * @param value In the metric's unit.
 * @returns Null where the scale is not defined for the value, or the baseline has no spread.
 */
export function deviationFrom(value: number, day: number, baseline: UsualRange, model: MetricModel): number | null {
  const x = toModelScale(value, model.transform);
  const deviation = x === null ? null : score(x, day, baseline, model);
  return deviation?.kind === "score" ? deviation.z : null;
}

/**
 * The two-sided probability that chance alone puts a day at least this far from usual: Student's t with n − 1 degrees
 * of freedom.
 * @example chanceOf({ kind: "score", z: 2.5, baseline }) // 0.0152 for n = 60
 */
export function chanceOf({ z, baseline }: Score): number {
  return twoSidedP(z, baseline.n - 1);
}

/** The value the baseline predicts for a day and its standard error, on the model's scale. */
function predict({ mean, sd, n, weekdays }: UsualRange, day: number): { expected: number; error: number } {
  if (weekdays === null) return { expected: mean, error: sd * Math.sqrt(1 + 1 / n) };
  const error = sd * Math.sqrt(1 + 1 / n + offsetVarianceOn(day, weekdays));
  return { expected: mean + offsetOn(day, weekdays), error };
}

/**
 * The quantiles of {@link usualQuantile} by n. An answer with a picture asks for thousands, of a few different n, and one takes
 * 10 µs. They outlive a call, as the scores of ranks do. A quantile depends on n alone, so no answer depends on
 * what was asked before; n is at most the days of a baseline, so the map stays small.
 */
const quantiles = new Map<number, number>();

/** Half the width of the usual range, an 80 % prediction interval, in standard errors. */
export function usualQuantile(n: number): number {
  const quantile = quantiles.get(n) ?? tQuantile(0.9, n - 1);
  quantiles.set(n, quantile);
  return quantile;
}

/**
 * The baseline in the metric's unit, for the weekday of `day` (a day number).
 * @example typicalRange(baseline, dayNumber("2026-03-03"), model) // { typical: 51, low: 48, high: 54, n: 57 }
 */
export function typicalRange(baseline: UsualRange, day: number, model: MetricModel): TypicalRange {
  const { expected, error } = predict(baseline, day);
  const halfWidth = usualQuantile(baseline.n) * error;
  const back = (value: number) => fromModelScale(value, model.transform);
  return { typical: back(expected), low: back(expected - halfWidth), high: back(expected + halfWidth), n: baseline.n };
}
