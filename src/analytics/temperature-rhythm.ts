import { mean, median } from "simple-statistics";
import type { CorrelationByLag } from "./correlation-by-lag.ts";
import { outOfRange } from "./out-of-range.ts";
import { type DailySeries, dayNumbersOf, type Observation, valueAt } from "./series.ts";
import { varianceOfDifference } from "./variance-of-difference.ts";
import { madToSd } from "./winsorise.ts";

/** A night from which on the temperature is higher than in the nights before. */
export interface TemperatureRise {
  /** The day number of the first night after the rise. */
  day: number;
  /** The mean temperature of the nine nights from `day` on minus that of the nine nights before, in °C. */
  difference: number;
}

export interface TemperatureRhythm {
  /**
   * Oldest first. If several rises are less than 17 nights apart, only one of them is kept: the one with the largest
   * difference, measured in standard errors.
   */
  rises: readonly TemperatureRise[];
  /** The number of days from each rise to the next rise. */
  intervals: readonly number[];
  /**
   * Whether two intervals in a row, from rise to rise, last 21 to 38 days. A record of more than 210 nights needs three
   * such intervals in a row.
   */
  isMonthly: boolean;
  /** The SD of the temperature of a single night, in °C. Null with fewer than 20 pairs of neighbouring nights. */
  sd: number | null;
}

/*
 * The constants below follow published studies of the skin temperature over the month (docs/analytics.md, *A monthly
 * rhythm*). `npm run evaluate` measures how often a rhythm is found where there is one, and where there is none.
 */

/**
 * To find a rise, the mean of this many nights is compared with the mean of as many nights before. On each side, at
 * least `leastSideNights` of these nights must be measured.
 */
const sideNights = 9;
const leastSideNights = Math.ceil(0.6 * sideNights);
/**
 * A rise counts only if it is at least this many °C. It must also be at least `leastErrors` times its standard error.
 */
const leastRise = 0.15;
const leastErrors = 2.5;
/** Two rises of the temperature must be at least this many nights apart. */
const leastDistance = 17;
/** The assumed correlation between the temperatures of neighbouring nights, after a monthly rhythm is subtracted. */
const phi = 0.3;
/** The lower limit of a single night's SD, in °C. */
const sdFloor = 0.05;
/** With fewer pairs of neighbouring nights, the SD of a single night would be too inaccurate. */
const leastPairs = 20;
/** In days, for an interval that counts as about a month. */
const month = { shortest: 21, longest: 38 };
/**
 * In a record of at most this many nights, two intervals of about a month in a row count as a monthly rhythm. A longer
 * record needs three, because two occur more easily by chance.
 */
const longRecord = 210;

/**
 * Finds rises of the nightly temperature and decides whether they come monthly. For each night, the mean of the nine
 * nights from this night on is compared with the mean of the nine nights before. The night is a rise if the later mean
 * is at least .15 °C higher, and at least 2.5 standard errors higher. Rises come monthly when the intervals from one
 * rise to the next are 21 to 38 days long, twice in a row (three times in a record of more than 210 nights). The result
 * does not show on which days a person is fertile.
 * @param temperatures The temperature of each night, in °C.
 * @example
 * // For 14 nights of every 28, the temperature is .3 °C higher.
 * const values = Array.from({ length: 100 }, (_, night) => 36 + (night % 28 < 14 ? 0 : 0.3));
 * const { rises, intervals, isMonthly } = findTemperatureRhythm({ firstDay: 20000, values });
 * rises[0]; // { day: 20014, difference: 0.299… }
 * intervals; // [28, 28]
 * isMonthly; // true
 * findTemperatureRhythm({ firstDay: 20000, values: values.slice(0, 20) });
 * // { rises: [], intervals: [], isMonthly: false, sd: null }
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
  const intervals = rises.slice(1).map(({ day }, index) => day - (rises[index] ?? outOfRange(index)).day);
  const needed = countNights(temperatures) > longRecord ? 3 : 2;
  return { rises, intervals, isMonthly: longestRunOfMonths(intervals) >= needed, sd };
}

/** The number of nights from the first measured night to the last, both included. */
function countNights({ values }: DailySeries): number {
  return values.findLastIndex((value) => value !== null) - values.findIndex((value) => value !== null) + 1;
}

function isLikeMonth(days: number): boolean {
  return days >= month.shortest && days <= month.longest;
}

/** The largest number of intervals in a row that last about a month (21 to 38 days). */
function longestRunOfMonths(intervals: readonly number[]): number {
  let longest = 0;
  let now = 0;
  for (const days of intervals) {
    now = isLikeMonth(days) ? now + 1 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

/**
 * A few feverish nights hardly change this SD, because it comes from the median absolute deviation of the differences
 * of neighbouring nights. Null with fewer than 20 pairs of neighbouring nights.
 */
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
  /** The difference divided by its standard error. */
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

const correlation: CorrelationByLag = Float64Array.from({ length: 2 * sideNights }, (_, lag) => phi ** lag);

/**
 * The nights that count as the warmer part of a monthly rhythm, in days after the rise of the temperature (−1 is the
 * day before). Because the ends of the warmer part are uncertain, one night is added at the start and two nights at the
 * end.
 */
const warmNights = { from: -1, to: 15 };

/**
 * A monthly rhythm has a warmer part and a cooler part, and each warmer part begins with a rise. For a night in the
 * warmer part, returns the number of days since the rise of the month before. The rise of the present month may not be
 * recognised yet, because a rise is recognised only after nine warmer nights. A fever would also hide it.
 * @param night A day number.
 * @returns Null if there is no monthly rhythm, or if the night is in the cooler part of the rhythm.
 * @example
 * const rises = [20014, 20042, 20070].map((day) => ({ day, difference: 0.3 }));
 * const rhythm = { rises, intervals: [28, 28], isMonthly: true, sd: 0.1 };
 * daysSinceRiseBefore(rhythm, 20075); // 33
 * daysSinceRiseBefore(rhythm, 20065); // null
 */
export function daysSinceRiseBefore(rhythm: TemperatureRhythm, night: number): number | null {
  const length = usualInterval(rhythm);
  if (length === null) return null;
  const since = rhythm.rises.map(({ day }) => night - day);
  return since.findLast((days) => days >= length + warmNights.from && days <= length + warmNights.to) ?? null;
}

/**
 * Whether a night lies in the cooler part of a monthly rhythm. In the cooler part, a fever is harder to see than in the
 * warmer part.
 * @example
 * const rises = [20014, 20042, 20070].map((day) => ({ day, difference: 0.3 }));
 * const rhythm = { rises, intervals: [28, 28], isMonthly: true, sd: 0.1 };
 * isInCoolerPart(rhythm, 20065); // true
 * isInCoolerPart(rhythm, 20075); // false
 */
export function isInCoolerPart(rhythm: TemperatureRhythm, night: number): boolean {
  const isWarm = rhythm.rises.some(({ day }) => night - day >= warmNights.from && night - day <= warmNights.to);
  return rhythm.isMonthly && !isWarm && daysSinceRiseBefore(rhythm, night) === null;
}

/**
 * The usual length of the monthly rhythm: the median of all intervals that last about a month. Null without a monthly
 * rhythm.
 */
function usualInterval({ intervals, isMonthly }: TemperatureRhythm): number | null {
  return isMonthly ? median(intervals.filter(isLikeMonth)) : null;
}
