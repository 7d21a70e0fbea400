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
  const [first] = observations;
  return poolAutocorrelation([
    observations.map(({ day, value }) => ({ day, value: value - slope * (day - (first?.day ?? 0)) })),
  ]);
}

/**
 * The same from several stretches, each around its own mean: what differs between them is no resemblance of neighbours.
 * The bias is that of a stretch of mean length.
 * @param stretches Ascending days each; constant or very short ones say nothing.
 */
export function poolAutocorrelation(stretches: readonly (readonly Observation[])[]): number {
  const told = stretches.filter(({ length }) => length >= leastDays);
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (const observations of told) {
    const centre = mean(observations.map(({ value }) => value));
    observations.forEach(({ day, value }, index) => {
      squares += (value - centre) ** 2;
      const before = observations[index - 1];
      if (before?.day !== day - 1) return;
      products += (value - centre) * (before.value - centre);
      pairs += 1;
    });
  }
  if (squares <= 0 || pairs === 0) return 0;
  const all = told.reduce((sum, { length }) => sum + length, 0);
  const r1 = products / pairs / (squares / all);
  return correctForShortness(r1, all / told.length);
}

/**
 * The same of values that already vary around 0, as residuals do; a plain loop, since it is run hundreds of times an answer.
 * @param days Ascending, one a value.
 * @param slowColumns How many slow series were taken out: a level, or a level and a drift. Each takes likeness with it.
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

/** With a level taken out r1 falls short by (1 + 4φ)/n on average, with a drift by (1 + φ)/n more. */
function correctForShortness(r1: number, n: number, slowColumns = 1): number {
  return Math.min(largest, Math.max(0, (n * r1 + slowColumns) / (n - 3 - slowColumns)));
}

/**
 * What autocorrelation does to the variance of a mean or a trend: (1 + r)/(1 − r). Sixty days at r = .5 tell as much as
 * twenty independent ones.
 * @example varianceInflation(0.5) // 3
 */
export function varianceInflation(autocorrelation: number): number {
  return (1 + autocorrelation) / (1 - autocorrelation);
}
