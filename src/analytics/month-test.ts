import { isoDay } from "./day.ts";
import { correctByHolm } from "./multiple-comparisons.ts";
import {
  type CorrelationByLag,
  dayNumbersOf,
  estimateResidualModel,
  leastSlowShareOfMonths,
  type PopulationPrior,
  sumCorrelations,
} from "./residual-model.ts";
import type { Observation } from "./series.ts";
import { testDifference } from "./t-distribution.ts";

/** How one calendar month differs from all others of the range. */
export interface MonthContrast {
  /** "2026-03" */
  month: string;
  /** Measured days. */
  n: number;
  mean: number;
  /** The month minus the mean of all other days, on the scale of the values. */
  difference: number;
  low: number;
  high: number;
  /** Two-sided, of this month alone, and corrected for looking at all of them. */
  p: number;
  pCorrected: number;
}

/** A month with fewer measured days is not compared; its days still count among the others. */
const leastMonthDays = 10;

/**
 * Whether single months differ from the rest of the range. Days of a month resemble one another, so that a plain analysis
 * of variance finds "different" months nearly always. The correlation and the spread of days are those of
 * {@link estimateResidualModel}, each month around its own mean.
 * @param observations Ascending, on the scale on which the metric is nearly normal.
 * @returns Oldest first; none where fewer than two months have enough days.
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
      longestLag: (observations.at(-1)?.day ?? 0) - (observations[0]?.day ?? 0),
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
  return contrasts.map((contrast, index) => ({ ...contrast, pCorrected: corrected[index] ?? contrast.p }));
}

/**
 * The variance of the mean of one month minus the mean of all other days, for days of variance 1.
 * @param correlations From {@link sumsBetween}.
 * @param n Days of the month, and `others` of all others.
 */
function varianceOfContrast(
  correlations: readonly (readonly number[])[],
  month: number,
  n: number,
  others: number,
): number {
  const all = correlations.reduce((sum, row) => sum + total(row), 0);
  const withinMonth = correlations[month]?.[month] ?? 0;
  const betweenBoth = total(correlations[month] ?? []) - withinMonth;
  const withinOthers = all - withinMonth - 2 * betweenBoth;
  return withinMonth / n ** 2 + withinOthers / others ** 2 - (2 * betweenBoth) / (n * others);
}

/** The summed correlation of every day of one month with every day of another, for all pairs of months. */
function sumsBetween(
  months: readonly (readonly Observation[])[],
  correlation: CorrelationByLag,
): readonly (readonly number[])[] {
  const days = months.map(dayNumbersOf);
  const half = days.map((late, row) =>
    days.slice(0, row + 1).map((early) => sumCorrelations(late, early, correlation)),
  );
  return days.map((_, row) => days.map((_other, column) => half[Math.max(row, column)]?.[Math.min(row, column)] ?? 0));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function sumOf(observations: readonly Observation[]): number {
  return total(observations.map(({ value }) => value));
}
