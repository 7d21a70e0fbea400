import { type CorrelationByLag, longestLagOf } from "./correlation-by-lag.ts";
import { isoDay } from "./day.ts";
import { correctByHolm } from "./multiple-comparisons.ts";
import { outOfRange } from "./out-of-range.ts";
import { leastSlowShareOfMonths, type PopulationPrior } from "./population-prior.ts";
import { estimateResidualModel } from "./residual-model.ts";
import { dayNumbersOf, type Observation } from "./series.ts";
import { sum } from "./sum.ts";
import { testDifference } from "./t-distribution.ts";
import { sumCorrelations } from "./variance-of-difference.ts";

export interface MonthContrast {
  /** For example "2026-03". */
  month: string;
  /** The number of measured days of the month. */
  n: number;
  mean: number;
  /** The mean of the month minus the mean of all other days, on the scale of the values. */
  difference: number;
  /** `low` and `high` are the ends of the 95 % interval of the difference. */
  low: number;
  high: number;
  /** The two-sided p-value of `difference`, not corrected for testing several months. */
  p: number;
  /** `p` corrected by Holm's method, because several months are tested. */
  pCorrected: number;
}

/**
 * A month with fewer measured days than this is not tested. When other months are tested, its days still count among
 * the days outside the tested month.
 */
const leastMonthDays = 10;

/**
 * Tests for each month whether its mean differs from the mean of all other days of the range. Days of the same month
 * resemble each other, so a plain analysis of variance would nearly always call months different, even if nothing
 * changed. This test therefore takes the correlation and the variance of days from {@link estimateResidualModel}.
 * @param observations The measured days, oldest first, on the metric's model scale.
 * @returns The tested months, oldest first. The list is empty if fewer than two months have enough measured days.
 * @example
 * // October has a mean of about 51 bpm, and November a mean of 55 bpm.
 * const nights = listDays({ start: "2024-10-01", end: "2024-11-30" }).map(dayNumber);
 * const observations = nights.map((day) => ({ day, value: (isoDay(day) < "2024-11" ? 50 : 54) + 2 * (day % 2) }));
 * const [october] = testMonths(observations, { sd: 2.3, phi: 0.4, slowShare: 0.15 }, 1);
 * october;
 * // { month: "2024-10", n: 31, mean: 51.03…, difference: -3.96…, low: -5.24…, high: -2.68…, p: 0.00000264…,
 * //   pCorrected: 0.00000528… }
 * testMonths(observations.slice(0, 40), { sd: 2.3, phi: 0.4, slowShare: 0.15 }, 1); // []
 */
export function testMonths(
  observations: readonly Observation[],
  prior: PopulationPrior,
  sdFloor: number,
): MonthContrast[] {
  const months = [...Map.groupBy(observations, ({ day }) => isoDay(day).slice(0, 7))];
  const compared = months.filter(([, days]) => days.length >= leastMonthDays);
  if (compared.length < 2) return [];
  const { variance, degreesOfFreedom, correlation } = estimateResidualModel(
    compared.map(([, days]) => days),
    {
      prior: { ...prior, slowShare: Math.max(prior.slowShare, leastSlowShareOfMonths) },
      sdFloor,
      longestLag: longestLagOf(observations),
    },
  );
  const correlations = sumsBetween(
    months.map(([, days]) => days),
    correlation,
  );
  const sumOfAll = sumOf(observations);
  const contrasts = months.flatMap(([month, days], index) => {
    const n = days.length;
    if (n < leastMonthDays) return [];
    const others = observations.length - n;
    const error = Math.sqrt(variance * varianceOfContrast(correlations, index, n, others));
    const mean = sumOf(days) / n;
    const difference = mean - (sumOfAll - sumOf(days)) / others;
    return [{ month, n, mean, difference, ...testDifference(difference, error, degreesOfFreedom) }];
  });
  const corrected = correctByHolm(contrasts.map(({ p }) => p));
  return contrasts.map((contrast, index) => ({ ...contrast, pCorrected: corrected[index] ?? outOfRange(index) }));
}

/**
 * The variance of the difference between the mean of one month and the mean of all other days, if the variance of a
 * single day is 1.
 * @param correlations The sums of correlations for all pairs of months, from {@link sumsBetween}.
 * @param month The index of the month in `correlations`. It has `n` days, and there are `others` other days.
 */
function varianceOfContrast(
  correlations: readonly (readonly number[])[],
  month: number,
  n: number,
  others: number,
): number {
  const all = sum(correlations.map((row) => sum(row)));
  const withMonths = correlations[month] ?? outOfRange(month);
  const withinMonth = withMonths[month] ?? outOfRange(month);
  const betweenBoth = sum(withMonths) - withinMonth;
  const withinOthers = all - withinMonth - 2 * betweenBoth;
  return withinMonth / n ** 2 + withinOthers / others ** 2 - (2 * betweenBoth) / (n * others);
}

/** For each pair of months, adds up the correlations of every day of one month with every day of the other month. */
function sumsBetween(
  months: readonly (readonly Observation[])[],
  correlation: CorrelationByLag,
): readonly (readonly number[])[] {
  const days = months.map(dayNumbersOf);
  const half = days.map((late, row) =>
    days.slice(0, row + 1).map((early) => sumCorrelations(late, early, correlation)),
  );
  return half.map((row, late) =>
    days.map((_, month) => (month <= late ? row[month] : half[month]?.[late]) ?? outOfRange(month)),
  );
}

function sumOf(observations: readonly Observation[]): number {
  return sum(observations.map(({ value }) => value));
}
