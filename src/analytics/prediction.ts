import type { UsualRange } from "./baseline.ts";
import { offsetOn, offsetVarianceOn } from "./weekday-effect.ts";

/** What a baseline predicts for a day. Both values are on the metric's model scale (for example, its logarithm). */
export interface Prediction {
  /** The value that is usual for the day. */
  expected: number;
  /** The standard error of predicting the value of the day. */
  error: number;
}

/**
 * Predicts the value of a day from a baseline. The expected value is the mean, and the error is SD · √(1 + 1/n), where
 * n is the number of days in the baseline. The 1 stands for the variation of a single day, and the 1/n for the
 * uncertainty of the mean. With weekday effects, the offset of the day's weekday is added to the mean, and the
 * uncertainty of this offset to the sum under the root.
 * @param day Days since 1970-01-01. The baseline may be the baseline of another day.
 * @example predictDay({ mean: 50, sd: 2, n: 16, weekdays: null }, 20_000) // { expected: 50, error: 2.0615528128088… }
 */
export function predictDay({ mean, sd, n, weekdays }: UsualRange, day: number): Prediction {
  if (weekdays === null) return { expected: mean, error: sd * Math.sqrt(1 + 1 / n) };
  const error = sd * Math.sqrt(1 + 1 / n + offsetVarianceOn(day, weekdays));
  return { expected: mean + offsetOn(day, weekdays), error };
}
