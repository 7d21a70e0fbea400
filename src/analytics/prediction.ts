import type { UsualRange } from "./baseline.ts";
import { offsetOn, offsetVarianceOn } from "./weekday-effect.ts";

/** Both values are on the metric's model scale (for example, its logarithm). */
export interface Prediction {
  expected: number;
  /** The standard error of the prediction. */
  error: number;
}

/**
 * Predicts the value of a day from a baseline. The expected value is the mean, and the error is SD · √(1 + 1/n): 1 for
 * the variation of a single day, and 1/n for the uncertainty of the mean of n days. If the metric has weekday effects,
 * the offset of the day's weekday is added to the mean, and the variance of this offset is added to the sum under the
 * root.
 * @param day A day number (days since 1970-01-01). The baseline may be that of another day.
 * @example predictDay({ mean: 50, sd: 2, n: 16, weekdays: null }, 20_000) // { expected: 50, error: 2.0615528128088… }
 */
export function predictDay({ mean, sd, n, weekdays }: UsualRange, day: number): Prediction {
  if (weekdays === null) return { expected: mean, error: sd * Math.sqrt(1 + 1 / n) };
  const error = sd * Math.sqrt(1 + 1 / n + offsetVarianceOn(day, weekdays));
  return { expected: mean + offsetOn(day, weekdays), error };
}
