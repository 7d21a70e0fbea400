import { mean, sampleStandardDeviation } from "simple-statistics";
import { correctByHolm } from "./multiple-comparisons.ts";
import type { Observation } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";

/** How some days of the week differ from the others. */
export interface WeekdayContrast {
  /** Weeks with enough days of both kinds. */
  weeks: number;
  /** Weeks in which the days in question were higher. */
  weeksAbove: number;
  /** The mean of the weeks' differences, on the scale of the values; null without a week. */
  difference: number | null;
  /** 95 % interval; null below six weeks, or where all weeks are equal. The same applies to `p`. */
  low: number | null;
  high: number | null;
  /** Two-sided, of this contrast alone. */
  p: number | null;
}

export interface WeekdayTest {
  /** Saturday and Sunday against the other days. */
  weekend: WeekdayContrast;
  /** Monday first. `pCorrected` allows for looking at all seven. */
  weekdays: readonly (WeekdayContrast & { pCorrected: number | null })[];
}

const leastWeeks = 6;
/** The fewest other days of a week. */
const leastOthersOfWeekend = 3;
const leastOthersOfWeekday = 4;

/**
 * Whether weekends or single weekdays differ. Each week from Monday to Sunday gives one difference: the mean of the days
 * in question minus the mean of the other days of that week. A t-test over these differences is not misled by drift or
 * by days that resemble the day before, as one over all days is.
 * @param observations On any scale. The statistics tool takes the difference and its interval from plain values, and p from
 * values on the scale on which the metric is nearly normal (steps: the square root).
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

/** Day 0, 1970-01-01, was a Thursday. */
const mondayOffset = 3;

/** 0 for Monday to 6 for Sunday. */
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
