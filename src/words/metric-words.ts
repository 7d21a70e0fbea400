import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import { formatClock, formatCount, formatInUnit, formatSigned, round } from "./present.ts";

/** For a table: a rounded number, a clock time as HH:MM, or a word such as "solid" for a metric with levels. */
export function metricValue(id: MetricId, value: number | null): number | string | null {
  const { unit, decimals, levels }: Metric = metrics[id];
  if (value === null) return null;
  if (levels) return sayLevel(levels, value);
  // Hours are rounded to two decimals. One decimal of an hour is six minutes. This would be too coarse, because
  // sentences give the same value in minutes.
  return unit === "clock" ? formatClock(value) : round(value, unit === "h" ? 2 : decimals);
}

/**
 * Returns a function that rounds a metric's values as answers show them. Durations in hours become whole minutes,
 * because sentences show whole minutes. Whatever is judged against a range or a threshold is rounded with it first, so
 * that the numbers in an answer do not contradict its words.
 */
export function roundingOf(id: MetricId): (value: number) => number {
  const { unit, decimals }: Metric = metrics[id];
  if (unit === "h") return (hours) => Math.round(Math.round(hours * 3600) / 60) / 60;
  return unit === "clock" ? Math.round : (value) => round(value, decimals) ?? value;
}

/** For a table: the value as {@link roundingOf} rounds it, so that equal sentences have equal table cells. */
export function shownValue(id: MetricId, value: number | null): number | string | null {
  return metricValue(id, value === null ? null : roundingOf(id)(value));
}

/** For a sentence, with the unit: "52 bpm", "7 h 12 min", "23:10". */
export function sayValue(id: MetricId, value: number): string {
  const { unit, decimals, levels }: Metric = metrics[id];
  if (levels) return sayLevel(levels, value);
  return unit === "/min" ? `${value.toFixed(decimals)} breaths a minute` : formatInUnit(value, unit, decimals);
}

/** The value 1 stands for the first word of `levels`. */
function sayLevel(levels: readonly string[], value: number): string {
  return levels[value - 1] ?? "";
}

/**
 * The unit is written once, as in "48 to 54 bpm". For durations and clock times, both values are written in full, as in
 * "6 h 10 min to 7 h 5 min".
 */
export function sayRange(id: MetricId, from: number, to: number): string {
  const { unit, decimals }: Metric = metrics[id];
  switch (unit) {
    case "clock":
    case "level":
    case "h":
    case "min":
      return `${sayValue(id, from)} to ${sayValue(id, to)}`;
    case "steps":
      return `${formatCount(Math.round(from))} to ${sayValue(id, to)}`;
    case "°C":
      return `${formatSigned(from, decimals)} to ${sayValue(id, to)}`;
    default:
      return `${from.toFixed(decimals)} to ${sayValue(id, to)}`;
  }
}

/**
 * For some metrics, Oura computes a value only now and then. The values are too few for a trend, so the note names the
 * tool that shows single values.
 */
export function noteSparse(ids: readonly MetricId[]): string[] {
  const sparse = ids.filter((id) => {
    const { isSparse }: Metric = metrics[id];
    return isSparse === true;
  });
  if (sparse.length === 0) return [];
  return [
    `${sparse.join(", ")}: Ōura makes a value only now and then; oura_get_statistics shows it by quarter or year.`,
  ];
}

/**
 * Within a sentence, a metric's name is in lower case, as in "resting heart rate", except for abbreviations such as
 * HRV.
 */
export function sayMetric(id: MetricId): string {
  const { label } = metrics[id];
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/**
 * Moves the ends of a computed range, such as a confidence interval, into the metric's plausible range. Otherwise an
 * answer could show negative minutes or a score above 100.
 */
export function clampToPlausible<Range extends { low: number; high: number }>(id: MetricId, range: Range): Range {
  const { min, max } = metrics[id].plausible;
  return { ...range, low: Math.max(range.low, min), high: Math.min(range.high, max) };
}

/** The unit as the field `units` of an answer gives it: "HH:MM" for clock times. */
export function unitOf(id: MetricId): string {
  const { unit } = metrics[id];
  return unit === "clock" ? "HH:MM" : unit;
}

/**
 * The words for the two ends of a range: "earliest" and "latest" for a time of day, "lowest" and "highest" for all
 * other metrics.
 */
export function endWords(id: MetricId): { low: string; high: string } {
  return metrics[id].unit === "clock" ? { low: "earliest", high: "latest" } : { low: "lowest", high: "highest" };
}
