import { mean, sampleStandardDeviation } from "simple-statistics";
import { correctByHolm } from "./multiple-comparisons.ts";
import type { Observation } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";

/** How the selected days of the week (a weekend or one weekday) differ from the other days of the same week. */
export interface WeekdayContrast {
  /**
   * The number of weeks that are used. A week is used only if at least one selected day (of a weekend or of one
   * weekday) and several other days were measured.
   */
  weeks: number;
  /**
   * The number of weeks in which the mean of the selected days (a weekend or one weekday) was higher than the mean of
   * the other days.
   */
  weeksAbove: number;
  /**
   * How much higher the selected days (a weekend or one weekday) are than the other days of the same week: the mean
   * over all weeks, on the scale of the values. Null when no week has enough measured days.
   */
  difference: number | null;
  /**
   * The lower end of the 95 % interval of `difference`. `low`, `high` and `p` are null with fewer than six weeks, or
   * when all weeks have the same difference.
   */
  low: number | null;
  high: number | null;
  /**
   * The two-sided p-value of this test alone (weekends or one weekday). It is not corrected for testing several
   * weekdays.
   */
  p: number | null;
}

export interface WeekdayTest {
  /** Saturday and Sunday compared with the other days of the week. */
  weekend: WeekdayContrast;
  /**
   * Each weekday compared with the other days of its week, Monday first. `pCorrected` is corrected for testing all
   * seven weekdays.
   */
  weekdays: readonly (WeekdayContrast & { pCorrected: number | null })[];
}

const leastWeeks = 6;
/**
 * The test of weekends uses a week only if at least this many days from Monday to Friday were measured. The test of a
 * single weekday requires `leastOthersOfWeekday` measured days among the other six days.
 */
const leastOthersOfWeekend = 3;
const leastOthersOfWeekday = 4;

/**
 * Tests whether weekends or single weekdays differ from the other days. Each week from Monday to Sunday gives one
 * difference: the mean of the selected days (the weekend or one weekday) minus the mean of the other days of that week.
 * A t-test is made over these weekly differences. A t-test over all single days would be wrong if the values drift
 * slowly, or if each day resembles the day before.
 * @param observations Values on any scale. The statistics tool calls this function twice. To get p, it passes values on
 * the scale on which the metric is nearly normal. To get the difference and its interval, it passes values in the
 * metric's unit.
 * @example testWeekdays(stepsOfHalfYear).weekdays[6] // Sunday: { weeks: 25, difference: -4416, low: -5930, high: -2901, … }
 */
export function testWeekdays(observations: readonly Observation[]): WeekdayTest {
  const weeks = [...Map.groupBy(observations, ({ day }) => Math.floor((day + mondayOffset) / 7)).values()];
  const weekdays = Array.from({ length: 7 }, (_, weekday) =>
    judge(weeks.flatMap((week) => contrast(week, (index) => index === weekday, leastOthersOfWeekday))),
  );
  const corrected = correctByHolm(weekdays.map(({ p }) => p));
  return {
    weekend: judge(weeks.flatMap((week) => contrast(week, (index) => index >= 5, leastOthersOfWeekend))),
    weekdays: weekdays.map((weekday, index) => ({ ...weekday, pCorrected: corrected[index] ?? null })),
  };
}

/** Day 0 (1970-01-01) was a Thursday. Adding this number to a day number makes weeks begin on Monday. */
const mondayOffset = 3;

/** The weekday of a day number, from 0 for Monday to 6 for Sunday. */
export function indexFromMonday(day: number): number {
  return (((day + mondayOffset) % 7) + 7) % 7;
}

function contrast(week: readonly Observation[], isAsked: (index: number) => boolean, leastOthers: number): number[] {
  const asked = week.filter(({ day }) => isAsked(indexFromMonday(day)));
  const others = week.filter(({ day }) => !isAsked(indexFromMonday(day)));
  if (asked.length === 0 || others.length < leastOthers) return [];
  return [mean(asked.map(({ value }) => value)) - mean(others.map(({ value }) => value))];
}

function judge(differences: readonly number[]): WeekdayContrast {
  const weeks = differences.length;
  const weeksAbove = differences.filter((difference) => difference > 0).length;
  const difference = weeks === 0 ? null : mean([...differences]);
  const sd = weeks < leastWeeks ? 0 : sampleStandardDeviation([...differences]);
  if (difference === null || sd === 0) return { weeks, weeksAbove, difference, low: null, high: null, p: null };
  const error = sd / Math.sqrt(weeks);
  const halfWidth = tQuantile(0.975, weeks - 1) * error;
  return {
    weeks,
    weeksAbove,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    p: twoSidedP(difference / error, weeks - 1),
  };
}
