import { mean } from "simple-statistics";
import { outOfRange } from "./out-of-range.ts";
import type { Observation } from "./series.ts";

/**
 * The autocorrelation is estimated only from at least this many values. Kendall's correction for n values divides by
 * n − 4, so n must be above 4. If a linear drift was subtracted from the values, one more value is needed.
 */
const leastDays = 5;

/**
 * The estimated autocorrelation is limited to this value. If it were nearer to 1, {@link varianceInflation} would
 * divide by almost 0.
 */
const largestAutocorrelation = 0.95;

/**
 * How much a day resembles the day before: the lag-1 autocorrelation of the residuals from a straight line. Only pairs
 * of consecutive measured days are used. r1 is the mean product of consecutive residuals, divided by the mean square of
 * all residuals. In short series r1 is too small on average, so it is corrected to (n·r1 + 1)/(n − 4), from 0 to 0.95
 * (Kendall 1954).
 * @param observations The measured days, oldest first.
 * @param slope The slope of the line to subtract, per day. With a slope of 0, only the mean is subtracted.
 * @returns From 0 to 0.95. The result is 0 if all values are equal, if there are fewer than five values, or if no two
 * consecutive days were measured.
 * @example
 * const daysOf = (values) => values.map((value, index) => ({ day: 20000 + index, value }));
 * // The residuals are 1 and −1. The products of the seven pairs are 1 four times and −1 three times, so r1 = 1/7.
 * estimateAutocorrelation(daysOf([52, 52, 50, 50, 52, 52, 50, 50])); // 0.535…
 * estimateAutocorrelation(daysOf([50, 54, 50, 54, 50, 54])); // 0
 */
export function estimateAutocorrelation(observations: readonly Observation[], slope = 0): number {
  const [first] = observations;
  if (first === undefined) return 0;
  const residuals = observations.map(({ day, value }) => value - slope * (day - first.day));
  const centre = mean(residuals);
  return autocorrelationOf(
    observations.map(({ day }) => day),
    Float64Array.from(residuals, (value) => value - centre),
  );
}

/**
 * The autocorrelation of values that already vary around 0, such as residuals. {@link estimateAutocorrelation}
 * describes the method.
 * @param days The day number of each value, ascending.
 * @param slowColumns What the caller has subtracted from the values: 1 for a constant level, 2 for a level and a linear
 * drift. Each subtraction makes the uncorrected autocorrelation of short series smaller.
 * @example
 * const days = [1, 2, 3, 4, 5, 6, 7, 8];
 * const values = Float64Array.of(1, 1, -1, -1, 1, 1, -1, -1);
 * autocorrelationOf(days, values); // 0.535…
 * autocorrelationOf(days.map((day) => 2 * day), values); // 0
 */
export function autocorrelationOf(days: readonly number[], values: Float64Array, slowColumns: 1 | 2 = 1): number {
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? outOfRange(index);
    squares += value * value;
    if (index === 0 || days[index - 1] !== (days[index] ?? outOfRange(index)) - 1) continue;
    products += value * (values[index - 1] ?? outOfRange(index - 1));
    pairs += 1;
  }
  if (values.length < leastDays - 1 + slowColumns || squares <= 0 || pairs === 0) return 0;
  return correctForShortness(products / pairs / (squares / values.length), values.length, slowColumns);
}

/**
 * Corrects r1, the autocorrelation of a short series of n values. If a level was subtracted from the values, r1 is on
 * average too small by (1 + 4φ)/n, where φ is the true autocorrelation. If a linear drift was subtracted as well, r1 is
 * too small by a further (1 + φ)/n.
 */
function correctForShortness(r1: number, n: number, slowColumns = 1): number {
  return Math.min(largestAutocorrelation, Math.max(0, (n * r1 + slowColumns) / (n - 3 - slowColumns)));
}

/**
 * The factor by which autocorrelation r multiplies the variance of a mean or a trend: (1 + r)/(1 − r). For example, 60
 * days with r = 0.5 hold as much information as 20 independent days.
 * @example varianceInflation(0.5) // 3
 */
export function varianceInflation(autocorrelation: number): number {
  return (1 + autocorrelation) / (1 - autocorrelation);
}
