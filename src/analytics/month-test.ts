import { isoDay } from "./day.ts";
import { correctByHolm } from "./holm.ts";
import {
  type CorrelationByLag,
  dayNumbersOf,
  estimateResidualModel,
  type PopulationPrior,
  sumCorrelations,
} from "./period-difference.ts";
import type { Observation } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";

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
 * The share of the variance that wanders over weeks, whatever the metric's own: with less, a level that merely wandered
 * makes a best or a worst month. With .2, a level that wanders by .3 makes one in 7 to 11 years of 100; with .25, in 3 to
 * 5.
 */
const wander = 0.25;

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
    { ...prior, wander },
    sdFloor,
    (observations.at(-1)?.day ?? 0) - (observations[0]?.day ?? 0),
  );
  const reach = tQuantile(0.975, degreesOfFreedom);
  const sums = sumsBetween(
    months.map(([, days]) => days),
    correlation,
  );
  const all = sums.reduce((sum, row) => sum + total(row), 0);
  const sumOfValues = total(observations.map(({ value }) => value));
  const contrasts = months.flatMap(([month, days], index) => {
    const n = days.length;
    if (n < leastMonthDays) return [];
    const others = observations.length - n;
    const own = sums[index]?.[index] ?? 0;
    const shared = total(sums[index] ?? []) - own;
    const share = own / n ** 2 + (all - own - 2 * shared) / others ** 2 - (2 * shared) / (n * others);
    const error = Math.sqrt(variance * share);
    const sumOfMonth = total(days.map(({ value }) => value));
    const difference = sumOfMonth / n - (sumOfValues - sumOfMonth) / others;
    const p = error > 0 ? twoSidedP(difference / error, degreesOfFreedom) : difference === 0 ? 1 : 0;
    const interval = { low: difference - reach * error, high: difference + reach * error };
    return [{ month, n, mean: sumOfMonth / n, difference, ...interval, p }];
  });
  const corrected = correctByHolm(contrasts.map(({ p }) => p));
  return contrasts.map((contrast, index) => ({ ...contrast, pCorrected: corrected[index] ?? contrast.p }));
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
