import type { UsualRange } from "./baseline.ts";
import { memoise } from "./memoise.ts";
import { fromModelScale, type MetricModel } from "./metric-model.ts";
import { predictDay } from "./prediction.ts";
import { tQuantile } from "./t-distribution.ts";

/** In the metric's unit. */
export interface TypicalRange {
  typical: number;
  /**
   * `low` and `high` are the ends of an 80 % prediction interval, which holds eight in ten ordinary days. For clock
   * times, `low` is the earlier end.
   */
  low: number;
  high: number;
  n: number;
}

/**
 * The usual range of a metric for a day, in the metric's unit. The range can differ between weekdays. For many days of
 * a metric, {@link typicalRanges} is faster.
 * @param day A day number (days since 1970-01-01).
 * @example
 * const baseline = { mean: 50, sd: 2, n: 16, weekdays: null };
 * typicalRange(baseline, 20_000, { transform: "none" }); // { typical: 50, low: 47.236…, high: 52.763…, n: 16 }
 */
export function typicalRange(baseline: UsualRange, day: number, model: MetricModel): TypicalRange {
  return typicalRanges(model)(baseline, day);
}

/**
 * Returns a function that computes the usual range of a metric for a day, like {@link typicalRange}. It computes
 * {@link usualQuantile} only once for each baseline size: a chart needs thousands of ranges for few sizes, and the
 * quantile takes ten times as long as all the rest.
 * @example
 * const rangeOf = typicalRanges({ transform: "none" });
 * rangeOf({ mean: 50, sd: 2, n: 16, weekdays: null }, 20_000); // { typical: 50, low: 47.236…, high: 52.763…, n: 16 }
 */
export function typicalRanges(model: MetricModel): (baseline: UsualRange, day: number) => TypicalRange {
  const quantileOf = memoise(usualQuantile);
  const back = (value: number) => fromModelScale(value, model.transform);
  return (baseline, day) => {
    const { expected, error } = predictDay(baseline, day);
    const halfWidth = quantileOf(baseline.n) * error;
    return {
      typical: back(expected),
      low: back(expected - halfWidth),
      high: back(expected + halfWidth),
      n: baseline.n,
    };
  };
}

/**
 * Half the width of the usual range, in standard errors: the 90 % quantile of Student's t with n − 1 degrees of
 * freedom. The usual range is an 80 % prediction interval, so one day in ten lies above it and one in ten below it.
 * @param n The number of days in the baseline, at least 2.
 * @example usualQuantile(60) // 1.2960657251220…
 */
export function usualQuantile(n: number): number {
  return tQuantile(0.9, n - 1);
}
