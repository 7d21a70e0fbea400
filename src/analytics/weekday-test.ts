import { mean, sampleStandardDeviation } from "simple-statistics";
import { correctByHolm } from "./multiple-comparisons.ts";
import type { Observation } from "./series.ts";
import { testDifference } from "./t-distribution.ts";
import { isWeekend, weekdayFromMonday, weekNumber } from "./weekday.ts";

/**
 * How the selected days of a week differ from the other days of the same week. The selected days are either the weekend
 * or one weekday.
 */
export interface WeekdayContrast {
  /** The number of weeks in which at least one selected day and enough other days were measured. */
  weeks: number;
  /** The number of weeks, among those counted in `weeks`, in which the selected days had the higher mean. */
  weeksAbove: number;
  /**
   * The mean of the selected days minus the mean of the other days of the same week, averaged over the weeks, on the
   * scale of the values. Null when no week has enough measured days.
   */
  difference: number | null;
  /**
   * `low` and `high` are the ends of the 95 % interval of `difference`. If there are fewer than six weeks, or if all
   * weeks have the same difference, then `low`, `high` and `p` are null.
   */
  low: number | null;
  high: number | null;
  /** The two-sided p-value of this test alone, not corrected for testing several weekdays. */
  p: number | null;
}

export interface WeekdayTest {
  weekend: WeekdayContrast;
  /**
   * Each weekday compared with the other days of its week, Monday first. `pCorrected` is corrected for testing all
   * seven weekdays.
   */
  weekdays: readonly (WeekdayContrast & { pCorrected: number | null })[];
}

const leastWeeks = 6;
/** The test of weekends uses a week only if at least this many days from Monday to Friday were measured. */
const leastOthersOfWeekend = 3;
/** The test of a weekday uses a week only if at least this many of the other six days were measured. */
const leastOthersOfWeekday = 4;

/**
 * Tests whether weekends or single weekdays differ from the other days. Each week from Monday to Sunday gives one
 * difference: the mean of the selected days minus the mean of the other days of that week. A t-test is made over these
 * weekly differences. A t-test over all single days would be wrong if the values drift slowly, or if each day resembles
 * the day before.
 * @param observations In any order, on any scale. `p` is right only on a scale on which the metric is nearly normal.
 * @example
 * // Eight weeks from a Monday on, with the value 10 from Monday to Saturday and 6 to 9 on Sundays.
 * const values = Array.from({ length: 56 }, (_, index) => (index % 7 === 6 ? 6 + (index % 4) : 10));
 * testWeekdays(values.map((value, index) => ({ day: 4 + index, value }))).weekdays[6];
 * // { weeks: 8, weeksAbove: 0, difference: -2.5, low: -3.4992…, high: -1.5007…, p: 0.00058…, pCorrected: 0.0041… }
 */
export function testWeekdays(observations: readonly Observation[]): WeekdayTest {
  const weeks = [...Map.groupBy(observations, ({ day }) => weekNumber(day)).values()];
  const weekdays = Array.from({ length: 7 }, (_, weekday) =>
    judge(weeks.flatMap((week) => contrast(week, (day) => weekdayFromMonday(day) === weekday, leastOthersOfWeekday))),
  );
  const corrected = correctByHolm(weekdays.map(({ p }) => p));
  return {
    weekend: judge(weeks.flatMap((week) => contrast(week, isWeekend, leastOthersOfWeekend))),
    weekdays: weekdays.map((weekday, index) => ({ ...weekday, pCorrected: corrected[index] ?? null })),
  };
}

/**
 * Returns a list with one number: the mean of the selected days minus the mean of the other days of the week. The list
 * is empty if too few days of the week were measured.
 */
function contrast(week: readonly Observation[], isSelected: (day: number) => boolean, leastOthers: number): number[] {
  const selected = week.filter(({ day }) => isSelected(day));
  const others = week.filter(({ day }) => !isSelected(day));
  if (selected.length === 0 || others.length < leastOthers) return [];
  return [mean(selected.map(({ value }) => value)) - mean(others.map(({ value }) => value))];
}

function judge(differences: number[]): WeekdayContrast {
  const weeks = differences.length;
  const weeksAbove = differences.filter((difference) => difference > 0).length;
  const difference = weeks === 0 ? null : mean(differences);
  const sd = weeks < leastWeeks ? 0 : sampleStandardDeviation(differences);
  if (difference === null || sd === 0) return { weeks, weeksAbove, difference, low: null, high: null, p: null };
  return { weeks, weeksAbove, difference, ...testDifference(difference, sd / Math.sqrt(weeks), weeks - 1) };
}
