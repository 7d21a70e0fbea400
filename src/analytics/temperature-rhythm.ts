import { mean, median } from "simple-statistics";
import { type CorrelationByLag, dayNumbersOf, varianceOfDifference } from "./residual-model.ts";
import { type DailySeries, type Observation, valueAt } from "./series.ts";
import { madToSd } from "./winsorise.ts";

/** A night from which the temperature is higher than in the nights before. */
export interface TemperatureRise {
  /** Days since 1970-01-01: the first of the warmer nights. */
  day: number;
  /** °C, the mean of nine nights minus the mean of the nine before. */
  difference: number;
}

/** Repeated rises of the nightly temperature. */
export interface TemperatureRhythm {
  /** Oldest first, at least 17 nights apart. */
  rises: readonly TemperatureRise[];
  /** Days from each rise to the next. */
  intervals: readonly number[];
  /** Whether two intervals in a row have the length of a month; three in more than 210 nights. */
  isMonthly: boolean;
  /** The SD of a night, °C; null with fewer than 20 pairs of neighbouring nights. */
  sd: number | null;
}

/*
 * The sizes follow published studies of the temperature of skin over the month (docs/analytics.md, *A monthly rhythm*); that
 * they find a rhythm and rarely one where there is none is measured by `npm run evaluate`.
 */

/** Nights on each side of a rise, and the fewest of them that must be measured. */
const sideNights = 9;
const leastSideNights = Math.ceil(0.6 * sideNights);
/** A rise has at least this size in °C, and in standard errors. */
const leastRise = 0.15;
const leastErrors = 2.5;
/** Rises are at least this many nights apart. */
const leastDistance = 17;
/** The correlation of neighbouring nights apart from the rhythm. */
const phi = 0.3;
/** The SD of a night is at least this, °C. */
const sdFloor = 0.05;
const leastPairs = 20;
const month = { shortest: 21, longest: 38 };
/**
 * Two intervals in a row make a rhythm. The more nights, the likelier two come by chance; in more than these a true rhythm
 * shows three.
 */
const longRecord = 210;

/**
 * Finds rises of the nightly temperature and whether they come monthly: the mean of nine nights minus the mean of the
 * nine before is at least .15 °C and 2.5 standard errors, and two intervals in a row are 21 to 38 days long, three in
 * more than 210 nights. The SD comes from the differences of neighbouring nights, so that a fever or a slow drift does not
 * change it. This tells about temperature only: it says nothing about fertility, and it is not a method for that.
 * @param temperatures °C, of nights.
 * @example findTemperatureRhythm(halfYear) // { rises: [{ day: 20009, difference: 0.32 }, …], isMonthly: true, … }
 */
export function findTemperatureRhythm(temperatures: DailySeries): TemperatureRhythm {
  const sd = spreadOfNights(temperatures);
  if (sd === null) return { rises: [], intervals: [], isMonthly: false, sd: null };
  const candidates = findSteps(temperatures, sd).toSorted(
    (one, other) => other.errors - one.errors || one.day - other.day,
  );
  const chosen: TemperatureRise[] = [];
  for (const { day, difference } of candidates)
    if (chosen.every((rise) => Math.abs(day - rise.day) >= leastDistance)) chosen.push({ day, difference });
  const rises = chosen.toSorted((one, other) => one.day - other.day);
  const intervals = rises.slice(1).map(({ day }, index) => day - (rises[index]?.day ?? day));
  const needed = countNights(temperatures) > longRecord ? 3 : 2;
  return { rises, intervals, isMonthly: longestRunOfMonths(intervals) >= needed, sd };
}

/** Nights from the first measured one to the last. */
function countNights({ values }: DailySeries): number {
  return values.findLastIndex((value) => value !== null) - values.findIndex((value) => value !== null) + 1;
}

function isLikeMonth(days: number): boolean {
  return days >= month.shortest && days <= month.longest;
}

/** The most intervals in a row that have the length of a month. */
function longestRunOfMonths(intervals: readonly number[]): number {
  let longest = 0;
  let now = 0;
  for (const days of intervals) {
    now = isLikeMonth(days) ? now + 1 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

/** The SD of a night from differences of neighbouring nights, robust to a fever; null with too few pairs. */
function spreadOfNights({ values }: DailySeries): number | null {
  const differences = values.flatMap((value, index) => {
    const previous = index === 0 ? null : (values[index - 1] ?? null);
    return value === null || previous === null ? [] : [value - previous];
  });
  if (differences.length < leastPairs) return null;
  const centre = median(differences);
  const spread = madToSd * median(differences.map((difference) => Math.abs(difference - centre)));
  return Math.max(spread / Math.sqrt(2 * (1 - phi)), sdFloor);
}

interface Step extends TemperatureRise {
  /** The difference in standard errors. */
  errors: number;
}

function findSteps(temperatures: DailySeries, sd: number): Step[] {
  const { firstDay, values } = temperatures;
  const first = firstDay + values.findIndex((value) => value !== null);
  const last = firstDay + values.findLastIndex((value) => value !== null);
  const steps: Step[] = [];
  for (let day = first + sideNights; day <= last + 1 - sideNights; day++) {
    const after = nightsFrom(temperatures, day);
    const before = nightsFrom(temperatures, day - sideNights);
    if (Math.min(after.length, before.length) < leastSideNights) continue;
    const difference = mean(after.map(({ value }) => value)) - mean(before.map(({ value }) => value));
    if (difference < leastRise) continue;
    const errors =
      difference / (sd * Math.sqrt(varianceOfDifference(dayNumbersOf(before), dayNumbersOf(after), correlation)));
    if (errors >= leastErrors) steps.push({ day, difference, errors });
  }
  return steps;
}

function nightsFrom(temperatures: DailySeries, first: number): Observation[] {
  const nights: Observation[] = [];
  for (let day = first; day < first + sideNights; day++) {
    const value = valueAt(temperatures, day);
    if (value !== null) nights.push({ day, value });
  }
  return nights;
}

/** The correlation of two nights by the number of nights between them, for all lags of the two sides. */
const correlation: CorrelationByLag = Float64Array.from({ length: 2 * sideNights }, (_, lag) => phi ** lag);

/** The warmer nights after a rise, with a night of doubt before and two after. */
const warmNights = { from: -1, to: 15 };

/**
 * For a night in the warmer part of a monthly rhythm, the days since the temperature rose the month before. The rise of
 * this month need not be found yet: it takes nine nights to show, and a fever hides it.
 * @param night Day number.
 * @returns Null without a monthly rhythm, and in its cooler part.
 */
export function daysSinceRiseBefore(rhythm: TemperatureRhythm, night: number): number | null {
  const length = usualInterval(rhythm);
  if (length === null) return null;
  const since = rhythm.rises.map(({ day }) => night - day);
  return since.findLast((days) => days >= length + warmNights.from && days <= length + warmNights.to) ?? null;
}

/** Whether a night lies in the cooler part of a monthly rhythm, in which an illness raises the temperature less clearly. */
export function isInCoolerPart(rhythm: TemperatureRhythm, night: number): boolean {
  const isWarm = rhythm.rises.some(({ day }) => night - day >= warmNights.from && night - day <= warmNights.to);
  return rhythm.isMonthly && !isWarm && daysSinceRiseBefore(rhythm, night) === null;
}

/** The median of the intervals that have the length of a month; null without a monthly rhythm. */
function usualInterval({ intervals, isMonthly }: TemperatureRhythm): number | null {
  return isMonthly ? median(intervals.filter(isLikeMonth)) : null;
}
