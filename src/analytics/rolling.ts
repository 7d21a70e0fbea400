import { max, mean, min, sampleStandardDeviation } from "simple-statistics";
import { clockAngle, clockAt, onClock, summarizeClock, unroll } from "./circular.ts";
import { type DayRange, dayNumber, type IsoDay } from "./day.ts";
import type { Transform } from "./metric-model.ts";
import { type DailySeries, dayNumbers, valueAt } from "./series.ts";

/** Statistics of some calendar days, in the metric's unit. */
export interface WindowSummary {
  /** The number of measured days among the `days` calendar days. */
  n: number;
  days: number;
  coverage: number;
  /** `mean`, `min` and `max` are null when fewer than half of the days were measured. */
  mean: number | null;
  /**
   * The sample standard deviation (divisor n − 1), or the circular SD for clock times. Null when `mean` is null or only
   * one day was measured.
   */
  sd: number | null;
  /** For clock times, the earliest time in the 24 hours that are centred on the mean. */
  min: number | null;
  max: number | null;
}

/**
 * Summarizes the W = `windowDays` calendar days up to and including `day`: [day − W + 1, day]. Mean, SD, minimum and
 * maximum are null unless n ≥ ⌈W/2⌉, where n is the number of measured days. `n` and `coverage` are always set.
 * @example
 * const series = { firstDay: dayNumber("2026-03-01"), values: [50, 52, null, null, 54, 56, null] };
 * summarizeWindow(series, "2026-03-07", 7);
 * // { n: 4, days: 7, coverage: 0.571…, mean: 53, sd: 2.58…, min: 50, max: 56 }
 * summarizeWindow(series, "2026-03-05", 7); // { n: 3, days: 7, coverage: 0.428…, mean: null, … }
 */
export function summarizeWindow(
  series: DailySeries,
  day: IsoDay,
  windowDays: number,
  transform: Transform = "none",
): WindowSummary {
  const last = dayNumber(day);
  return summarizeDays(series, last - windowDays + 1, last, transform);
}

/**
 * For every day of the range, oldest first, the mean of the window of days that ends on this day. The means equal those
 * of {@link summarizeWindow}. Running sums make this much faster than adding up each window anew.
 * @example
 * const series = { firstDay: dayNumber("2026-03-01"), values: [50, 52, null, null, 54] };
 * rollMeans(series, { start: "2026-03-02", end: "2026-03-05" }, 3); // [51, 51, null, null]
 */
export function rollMeans(
  series: DailySeries,
  range: DayRange,
  windowDays: number,
  transform: Transform = "none",
): (number | null)[] {
  const { first, last } = dayNumbers(range);
  const sums = transform === "clock" ? sumClock() : sumLine();
  let n = 0;

  function count(day: number, sign: 1 | -1): void {
    const value = valueAt(series, day);
    if (value === null) return;
    n += sign;
    sums.add(value, sign);
  }

  for (let day = first - windowDays + 1; day < first; day++) count(day, 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    count(first + index, 1);
    if (index > 0) count(first + index - windowDays, -1);
    return isTooFew(n, windowDays) ? null : sums.mean(n);
  });
}

interface RunningSums {
  add(value: number, sign: 1 | -1): void;
  mean(n: number): number;
}

function sumLine(): RunningSums {
  let sum = 0;
  return {
    add(value, sign) {
      sum += sign * value;
    },
    mean: (n) => sum / n,
  };
}

function sumClock(): RunningSums {
  let sine = 0;
  let cosine = 0;
  return {
    add(value, sign) {
      const angle = clockAngle(value);
      sine += sign * Math.sin(angle);
      cosine += sign * Math.cos(angle);
    },
    mean: () => clockAt(sine, cosine),
  };
}

/**
 * Summarizes the calendar days from day number `first` to day number `last`, both included.
 * @example summarizeDays({ firstDay: 20000, values: [50, 52] }, 20000, 20002).mean // 51
 */
export function summarizeDays(
  series: DailySeries,
  first: number,
  last: number,
  transform: Transform = "none",
): WindowSummary {
  const days = Math.max(0, last - first + 1);
  const values = valuesIn(series, first, last);
  const n = values.length;
  const counts = { n, days, coverage: days === 0 ? 0 : n / days };
  if (isTooFew(n, days)) return { ...counts, mean: null, sd: null, min: null, max: null };
  if (transform === "clock") return { ...counts, ...describeClock(values) };
  const sd = n < 2 ? null : sampleStandardDeviation(values);
  return { ...counts, mean: mean(values), sd, min: min(values), max: max(values) };
}

/**
 * Computes only the mean of a window of days, with the same result as {@link summarizeWindow} in less time.
 * @example
 * const series = { firstDay: dayNumber("2026-03-01"), values: [50, 52, null] };
 * meanOfWindow(series, "2026-03-03", 3); // 51
 * meanOfWindow(series, "2026-03-03", 5); // null
 */
export function meanOfWindow(
  series: DailySeries,
  day: IsoDay,
  windowDays: number,
  transform: Transform = "none",
): number | null {
  const last = dayNumber(day);
  const values = valuesIn(series, last - windowDays + 1, last);
  if (isTooFew(values.length, windowDays)) return null;
  return transform === "clock" ? summarizeClock(values).mean : mean(values);
}

function isTooFew(measured: number, days: number): boolean {
  return measured === 0 || measured < Math.ceil(days / 2);
}

function valuesIn(series: DailySeries, first: number, last: number): number[] {
  const values: number[] = [];
  for (let day = first; day <= last; day++) {
    const value = valueAt(series, day);
    if (value !== null) values.push(value);
  }
  return values;
}

function describeClock(values: readonly number[]): Pick<WindowSummary, "mean" | "sd" | "min" | "max"> {
  const { mean: centre, sd } = summarizeClock(values);
  const line = unroll(values, centre);
  return { mean: centre, sd: line.length < 2 ? null : sd, min: onClock(min(line)), max: onClock(max(line)) };
}
