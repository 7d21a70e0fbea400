import { isoDay } from "./day.ts";
import { correctByHolm } from "./holm.ts";
import { estimateCourse, type PopulationPrior } from "./period-difference.ts";
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
 * makes a best or a worst month.
 */
const wander = 0.2;

/**
 * Whether single months differ from the rest of the range. Days of a month resemble one another, so that a plain analysis
 * of variance finds "different" months nearly always. The correlation and the spread of days are those of
 * {@link estimateCourse}, each month around its own mean.
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
  const { variance, freedom, correlation } = estimateCourse(
    compared.map(([, days]) => days),
    { ...prior, wander },
    sdFloor,
  );
  const reach = tQuantile(0.975, freedom);
  const sums = sumCorrelations(
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
    const p = error > 0 ? twoSidedP(difference / error, freedom) : difference === 0 ? 1 : 0;
    const interval = { low: difference - reach * error, high: difference + reach * error };
    return [{ month, n, mean: sumOfMonth / n, difference, ...interval, p }];
  });
  const corrected = correctByHolm(contrasts.map(({ p }) => p));
  return contrasts.map((contrast, index) => ({ ...contrast, pCorrected: corrected[index] ?? contrast.p }));
}

/** The summed correlation of every day of one month with every day of another, for all pairs of months. */
function sumCorrelations(
  months: readonly (readonly Observation[])[],
  correlation: (lag: number) => number,
): readonly (readonly number[])[] {
  const sums = months.map(() => new Array<number>(months.length).fill(0));
  months.forEach((late, row) => {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (const { day } of late)
        for (const { day: other } of months[column] ?? []) sum += correlation(Math.abs(day - other));
      for (const [one, two] of [
        [row, column],
        [column, row],
      ] as const)
        (sums[one] ?? [])[two] = sum;
    }
  });
  return sums;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
