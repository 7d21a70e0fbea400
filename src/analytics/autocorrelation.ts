import { mean } from "simple-statistics";
import type { Observation } from "./series.ts";

/** Kendall's correction needs more than this many days. */
const leastDays = 5;

/** Above this nothing is left of the sample to judge by. */
const largest = 0.95;

/**
 * How much a day resembles the one before: the lag-1 autocorrelation of what a straight line leaves over, from pairs of
 * neighbouring measured days only, corrected for the bias of short series: r* = clip((n·r1 + 1)/(n − 4), 0, 0.95)
 * (Kendall 1954). r1 is the mean product of neighbours over the mean square.
 * @param observations Ascending days.
 * @param slope Of the line to take away, per day; 0 for none.
 * @returns From 0 to 0.95; 0 for constant or very short series.
 */
export function estimateAutocorrelation(observations: readonly Observation[], slope = 0): number {
  const n = observations.length;
  if (n < leastDays) return 0;
  const line = observations.map(({ day, value }) => value - slope * (day - (observations[0]?.day ?? 0)));
  const centre = mean(line);
  const residuals = line.map((value) => value - centre);
  let squares = 0;
  let products = 0;
  let pairs = 0;
  residuals.forEach((residual, index) => {
    squares += residual * residual;
    if (index === 0 || observations[index]?.day !== (observations[index - 1]?.day ?? 0) + 1) return;
    products += residual * (residuals[index - 1] ?? 0);
    pairs += 1;
  });
  if (squares <= 0 || pairs === 0) return 0;
  const r1 = products / pairs / (squares / n);
  return Math.min(largest, Math.max(0, (n * r1 + 1) / (n - 4)));
}

/**
 * What autocorrelation does to the variance of a mean or a trend: (1 + r)/(1 − r). Sixty days at r = .5 tell as much as
 * twenty independent ones.
 * @example varianceInflation(0.5) // 3
 */
export function varianceInflation(autocorrelation: number): number {
  return (1 + autocorrelation) / (1 - autocorrelation);
}
