import { mean } from "simple-statistics";
import type { Observation } from "./series.ts";

/** Kendall's correction needs more than this many days. */
const leastDays = 5;

/** Upper limit of the estimate: near 1, the variance inflation would leave almost no effective sample. */
const largest = 0.95;

/**
 * How much a day resembles the one before: the lag-1 autocorrelation of the residuals from a straight line. It uses
 * pairs of consecutive measured days only and corrects the bias of short series: r* = clip((n·r1 + 1)/(n − 4), 0, 0.95)
 * (Kendall 1954). r1 is the mean product of consecutive residuals divided by their mean square.
 * @param observations Ascending days.
 * @param slope Slope per day of the line to subtract; 0 for none.
 * @returns From 0 to 0.95; 0 for constant or very short series.
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
 * The same for values that already vary around 0, such as residuals. A plain loop for speed: one answer runs it
 * hundreds of times.
 * @param days Ascending, one per value.
 * @param slowColumns How many slow series were subtracted: 1 for a level, 2 for a level and a drift. Each adds
 * to the bias.
 */
export function autocorrelationOf(days: readonly number[], values: Float64Array, slowColumns: 1 | 2 = 1): number {
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    squares += value * value;
    if (index === 0 || (days[index - 1] ?? 0) !== (days[index] ?? 0) - 1) continue;
    products += value * (values[index - 1] ?? 0);
    pairs += 1;
  }
  if (values.length < leastDays - 1 + slowColumns || squares <= 0 || pairs === 0) return 0;
  return correctForShortness(products / pairs / (squares / values.length), values.length, slowColumns);
}

/** r1 is too small by (1 + 4φ)/n on average after a level is subtracted, and by (1 + φ)/n more after a drift. */
function correctForShortness(r1: number, n: number, slowColumns = 1): number {
  return Math.min(largest, Math.max(0, (n * r1 + slowColumns) / (n - 3 - slowColumns)));
}

/**
 * The factor by which autocorrelation multiplies the variance of a mean or a trend: (1 + r)/(1 − r). Sixty days at r =
 * .5 hold as much information as twenty independent days.
 * @example varianceInflation(0.5) // 3
 */
export function varianceInflation(autocorrelation: number): number {
  return (1 + autocorrelation) / (1 - autocorrelation);
}
