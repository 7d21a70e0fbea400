import { mean } from "simple-statistics";

/** The fewest days for weekday effects: with fewer, each weekday has too few days. */
export const weekdayNeedsDays = 28;

/**
 * Pseudo-days that shrink each weekday's offset towards 0: with four Sundays, the offset is 4/7 of their difference.
 */
const shrinkDays = 3;

/** How each weekday differs from the mean of all days, with the uncertainty of that. */
export interface WeekdayEffect {
  /** By weekday (0 = Thursday, the weekday of day 0): n_w/(n_w + 3) · (mean_w − mean), on the scale of the values. */
  offsets: readonly number[];
  /** By weekday: the variance that the offset's uncertainty adds to a prediction, in units of one day's variance. */
  variances: readonly number[];
  /** Degrees of freedom the offsets take from the residuals. */
  degreesOfFreedom: number;
}

/** The weekday offset of a day, on the scale of the values. */
export function offsetOn(day: number, { offsets }: WeekdayEffect): number {
  return offsets[weekdayIndex(day)] ?? 0;
}

/** The variance that the uncertainty of a day's weekday offset adds to a prediction, in units of one day's variance. */
export function offsetVarianceOn(day: number, { variances }: WeekdayEffect): number {
  return variances[weekdayIndex(day)] ?? 0;
}

/** 0 for Thursday 1970-01-01, 1 for Friday, …; always 0 to 6. */
export function weekdayIndex(day: number): number {
  return ((day % 7) + 7) % 7;
}

/**
 * Weekday offsets shrunk towards zero, with two corrections. Residuals of the fitted days are too small, and a new day
 * deviates from the fit as well. Without the corrections, pure noise is flagged 1.5 times as often as the chance count
 * says. For the linear smoother H = J/n + Σ k_w (P_w − E_w) they are tr(2H − HHᵀ) − 1 degrees of freedom and a variance
 * of k_w² (1/n_w − 1/n) (Hastie & Tibshirani 1990, §3.5).
 * @param values At least one; `days` has the day number of each.
 * @example estimateWeekdayEffect(Array(28).fill(5), days).offsets // seven zeros
 */
export function estimateWeekdayEffect(values: readonly number[], days: readonly number[]): WeekdayEffect {
  const n = values.length;
  const centre = mean(values);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  const sums = [0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < n; index++) {
    const weekday = weekdayIndex(days[index] ?? 0);
    counts[weekday] = (counts[weekday] ?? 0) + 1;
    sums[weekday] = (sums[weekday] ?? 0) + ((values[index] ?? 0) - centre);
  }
  const offsets = [0, 0, 0, 0, 0, 0, 0];
  const variances = [0, 0, 0, 0, 0, 0, 0];
  let degreesOfFreedom = 0;
  counts.forEach((count, weekday) => {
    const weight = count / (count + shrinkDays);
    degreesOfFreedom += weight * (2 - weight) * (1 - count / n);
    if (count === 0) return;
    offsets[weekday] = (sums[weekday] ?? 0) / (count + shrinkDays);
    variances[weekday] = weight ** 2 * (1 / count - 1 / n);
  });
  return { offsets, variances, degreesOfFreedom };
}
