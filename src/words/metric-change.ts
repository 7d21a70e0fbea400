import { clockDifference, onClock } from "../analytics/circular.ts";
import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import { formatClock, formatCount, formatMinutes, formatSigned, round } from "./present.ts";

/*
 * This file rounds means and their differences so that they agree: the difference shown is the difference of the means
 * shown. A mean is shown with one decimal more than a single value. It gets still more decimals if two different means
 * would otherwise look equal, or if the end of a confidence interval that excludes zero would be rounded to zero.
 */

/** The means are in the metric's unit. `interval` is the confidence interval of their difference. */
export interface MeanChange {
  from: number;
  to: number;
  interval?: { low: number; high: number };
}

/** Rounded for a table. For clock times, the difference is in minutes. */
export interface ShownChange {
  from: number;
  to: number;
  difference: number;
  low: number | null;
  high: number | null;
  decimals: number;
}

interface Scale {
  /**
   * A mean is multiplied by this number: by 60 for a metric in hours that sentences show in minutes, otherwise by 1.
   */
  factor: number;
  decimals: number;
  /**
   * Normally a mean is shown with `decimals` decimals. If two different means would then look equal, more decimals are
   * shown, but at most this many.
   */
  mostDecimals: number;
  isClock: boolean;
}

function tableScale(id: MetricId): Scale {
  const { unit, decimals }: Metric = metrics[id];
  const base = unit === "h" ? 2 : Math.max(decimals, 1);
  if (unit === "steps" || unit === "clock")
    return { factor: 1, decimals: 0, mostDecimals: 0, isClock: unit === "clock" };
  return { factor: 1, decimals: base, mostDecimals: base + 2, isClock: false };
}

/** Sentences give durations in whole minutes, and add decimals only if whole minutes would hide a difference. */
function sentenceScale(id: MetricId): Scale {
  const { unit }: Metric = metrics[id];
  if (unit !== "h" && unit !== "min") return tableScale(id);
  return { factor: unit === "h" ? 60 : 1, decimals: 0, mostDecimals: 2, isClock: false };
}

/** For a table: a rounded number, or a clock time as text. */
export function meanValue(
  id: MetricId,
  mean: number | null,
  decimals = tableScale(id).decimals,
): number | string | null {
  if (mean === null) return null;
  return metrics[id].unit === "clock" ? formatClock(mean) : round(mean, decimals);
}

export function showChange(id: MetricId, change: MeanChange): ShownChange {
  return roundChange(change, tableScale(id));
}

function roundChange({ from, to, interval }: MeanChange, scale: Scale): ShownChange {
  const { factor, isClock } = scale;
  const ends = interval ? [interval.low * factor, interval.high * factor] : [];
  let shown = roundTo(scale.decimals);
  for (let decimals = scale.decimals + 1; decimals <= scale.mostDecimals && !tells(shown); decimals += 1)
    shown = roundTo(decimals);
  return tells(shown) ? shown : roundTo(scale.decimals);

  function roundTo(decimals: number): ShownChange {
    const [shownFrom, shownTo] = [round(from * factor, decimals) ?? 0, round(to * factor, decimals) ?? 0];
    const difference = isClock ? clockDifference(shownTo, shownFrom) : shownTo - shownFrom;
    const [low = null, high = null] = ends.map((end) => round(end, decimals));
    return {
      from: isClock ? onClock(shownFrom) : shownFrom,
      to: isClock ? onClock(shownTo) : shownTo,
      difference: round(difference, decimals) ?? 0,
      low,
      high,
      decimals,
    };
  }

  function tells({ difference, low, high }: ShownChange): boolean {
    const [trueLow = 0, trueHigh = 0] = ends;
    const excludesZero = trueLow > 0 || trueHigh < 0;
    return (from === to || difference !== 0) && (!excludesZero || (low !== 0 && high !== 0));
  }
}

export interface ChangeWords {
  /** The sign of the difference as shown; 0 when both means look equal after rounding. */
  sign: -1 | 0 | 1;
  /** Without a sign: "1.4 bpm" or "18 min". */
  size: string;
  /** With a sign: "+1.4 bpm". */
  signed: string;
  /** The first mean: "54.0 bpm". */
  from: string;
  to: string;
  /**
   * The confidence interval of the difference: "-2.3 to -0.5 bpm" or "-1 h 39 min to -59 min"; null when there is none.
   */
  interval: string | null;
}

export function sayChangeOf(id: MetricId, change: MeanChange): ChangeWords {
  const shown = roundChange(change, sentenceScale(id));
  const { decimals, difference, low, high } = shown;
  const size = saySize(id, Math.abs(difference), decimals);
  return {
    sign: difference > 0 ? 1 : difference < 0 ? -1 : 0,
    size,
    signed: `${difference > 0 ? "+" : difference < 0 ? "-" : ""}${size}`,
    from: sayMeanIn(id, shown.from, decimals),
    to: sayMeanIn(id, shown.to, decimals),
    interval: low === null || high === null ? null : sayInterval(id, { ...shown, low, high }),
  };
}

/** For a sentence: "54.3 bpm", "7 h 12 min", "23:10". */
export function sayMean(id: MetricId, mean: number): string {
  const { factor, decimals } = sentenceScale(id);
  return sayMeanIn(id, round(mean * factor, decimals) ?? 0, decimals);
}

/** @param mean already rounded; in minutes for a metric in hours, and in the metric's own unit for all other metrics */
function sayMeanIn(id: MetricId, mean: number, decimals: number): string {
  switch (metrics[id].unit) {
    case "clock":
      return formatClock(mean);
    case "h":
    case "min":
      return decimals === 0 ? formatMinutes(mean) : `${mean.toFixed(decimals)} min`;
    case "steps":
      return `${formatCount(mean)} steps`;
    case "points":
      return mean.toFixed(decimals);
    case "°C":
      return `${formatSigned(mean, decimals)} °C`;
    case "/min":
      return `${mean.toFixed(decimals)} breaths a minute`;
    default:
      return `${mean.toFixed(decimals)} ${metrics[id].unit}`;
  }
}

function saySize(id: MetricId, size: number, decimals: number): string {
  const unit = saidUnit(id);
  if (unit === "min" && decimals === 0) return formatMinutes(size);
  const text = metrics[id].unit === "steps" ? formatCount(size) : size.toFixed(decimals);
  return `${text} ${unit}`;
}

/**
 * For example "-2.3 to -0.5 bpm". For durations, hours are used if the difference or one end of the interval is at
 * least an hour: "-1 h 39 min to -59 min".
 */
function sayInterval(id: MetricId, { low, high, difference, decimals }: ShownChange & { low: number; high: number }) {
  const unit = saidUnit(id);
  const saysHours = unit === "min" && decimals === 0 && Math.max(-low, high, Math.abs(difference)) >= 60;
  const ends = [low, high].map((end) =>
    saysHours ? `${end > 0 ? "+" : ""}${formatMinutes(end)}` : sayEnd(id, end, decimals),
  );
  return `${ends.join(" to ")}${unit === "" || saysHours ? "" : ` ${unit}`}`;
}

function sayEnd(id: MetricId, end: number, decimals: number): string {
  return metrics[id].unit === "steps" ? `${end > 0 ? "+" : ""}${formatCount(end)}` : formatSigned(end, decimals);
}

function saidUnit(id: MetricId): string {
  const unit = unitOfDifference(id);
  if (unit === "h") return "min";
  return unit === "/min" ? "breaths a minute" : unit;
}

/** Minutes for clock times, percentage points for percentages, and the metric's own unit for all other metrics. */
export function unitOfDifference(id: MetricId): string {
  const { unit } = metrics[id];
  if (unit === "clock") return "min";
  return unit === "%" ? "percentage points" : unit;
}

/** A difference of two values, or a measure of spread such as an SD, for a table. For clock times, it is in minutes. */
export function differenceValue(id: MetricId, value: number | null, decimals = tableScale(id).decimals): number | null {
  return round(value, decimals);
}

/** Notes that the unit of a table's row (HH:MM) is not that of its differences and SDs, if a row is about clock times. */
export function noteClockDifferences(ids: readonly MetricId[]): string[] {
  const clocks = ids.filter((id) => metrics[id].unit === "clock");
  return clocks.length === 0 ? [] : [`${clocks.join(", ")}: differences and SDs are in minutes.`];
}
