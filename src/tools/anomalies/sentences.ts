import type { Alert } from "../../analytics/alerts.ts";
import { dayNumber, type IsoDay } from "../../analytics/day.ts";
import type { Flag, FlaggedRun } from "../../analytics/flags.ts";
import { raisedSigns } from "../../analytics/strain.ts";
import { daysSinceRiseBefore, type TemperatureRhythm } from "../../analytics/temperature-rhythm.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { clampToPlausible, sayMetric, sayRange, sayValue } from "../../words/metric-words.ts";
import { formatDay, formatList, formatSigned, formatSpan } from "../../words/present.ts";
import type { Circumstances } from "./circumstances.ts";

/** A sentence about consecutive unusual days of one metric, with the figures of the most unusual of these days. */
export function explainFlags(id: MetricId, flags: readonly Flag[], { before }: Circumstances): string {
  const peak = mostExtreme(flags);
  const { n } = peak.usual;
  const { low, high } = clampToPlausible(id, peak.usual);
  const { measured: noun }: Metric = metrics[id];
  return (
    `${sayNamedValue(id, peak.value)} on ${formatDay(peak.day)}, usual ${sayRange(id, low, high)} over ` +
    `${n} ${noun}s (${formatSigned(peak.z, 1)} SD)${sayRun(peak.run, noun)}` +
    `${peak.state === "provisional" ? "; its usual range is still provisional" : ""}.${sayCircumstances(before(peak.day, noun), noun)}`
  );
}

/**
 * Example: "Sleep score 62 points". If the unit is the same as the metric's name, the name is not repeated: "2,872
 * steps".
 */
function sayNamedValue(id: MetricId, value: number): string {
  const { unit, label }: Metric = metrics[id];
  return unit === "steps" ? sayValue(id, value) : `${label} ${sayValue(id, value)}`;
}

/**
 * A sentence about consecutive nights in which several metrics together show strain on the body, as in an illness.
 * @param valueOn Returns the value of a metric on a night, in the metric's own unit
 * @param rhythm The monthly rhythm of the skin temperature, or null when the temperature was not read
 */
export function explainAlerts(
  alerts: readonly Alert[],
  { before }: Circumstances,
  valueOn: (id: MetricId, day: IsoDay) => number | null,
  rhythm: TemperatureRhythm | null,
): string {
  const peak = worstNight(alerts);
  const signs = raisedSigns(peak.scores).flatMap((id) => {
    const z = peak.scores[id];
    const value = valueOn(id, peak.day);
    if (z === undefined || value === null) return [];
    return [`${sayMetric(id)} ${sayValue(id, value)} (${formatSigned(z, 1)} SD)`];
  });
  return (
    `Signs of strain together, most on ${formatDay(peak.day)}: ${formatList(signs)}${sayRun(peak.run, "night")}.` +
    `${sayCircumstances(before(peak.day, "night"), "night")}${sayRhythm(rhythm, peak.day)}`
  );
}

function sayRun({ start, end, flaggedDays, withoutData }: FlaggedRun, noun: string): string {
  if (flaggedDays === 1) return "";
  const gap = withoutData > 0 ? ` (${withoutData} without data)` : "";
  return `; ${flaggedDays} flagged ${noun}s from ${formatSpan({ start, end })}${gap}`;
}

function sayCircumstances(circumstances: readonly string[], noun: "night" | "day"): string {
  if (circumstances.length === 0) return "";
  return ` Noted ${noun === "night" ? "before that night" : "on that day or the day before"}: ${formatList(circumstances)}.`;
}

/**
 * The monthly rhythm of the temperature may explain a warmer night. If the night is in a warmer part of the rhythm, the
 * text states how many days before this night the previous warmer part began. If the night is not in a warmer part, the
 * text is empty.
 */
function sayRhythm(rhythm: TemperatureRhythm | null, night: IsoDay): string {
  const days = rhythm === null ? null : daysSinceRiseBefore(rhythm, dayNumber(night));
  return days === null ? "" : ` The temperature of the nights also rose about ${days} days before.`;
}

export function mostExtreme(flags: readonly Flag[]): Flag {
  return flags.reduce((most, flag) => (Math.abs(flag.z) > Math.abs(most.z) ? flag : most));
}

export function worstNight(alerts: readonly Alert[]): Alert {
  return alerts.reduce((most, alert) => (alert.alert > most.alert ? alert : most));
}

/** A group holds the values of neighbouring days that are all above usual or all below usual. */
export function groupRuns<T extends { run: FlaggedRun }>(flags: readonly T[], direction: (flag: T) => number): T[][] {
  return [...Map.groupBy(flags, (flag) => `${flag.run.start} ${Math.sign(direction(flag))}`).values()];
}
