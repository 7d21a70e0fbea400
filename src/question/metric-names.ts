import * as z from "zod";
import { defaultMetricIds, type MetricId, metricIds, metrics, numericMetricIds, outcomeIds } from "../oura/metrics.ts";
import { findMetricAbroad } from "./metric-words-abroad.ts";

/** A name without case, spaces and signs: "Resting heart-rate" is "restingheartrate". */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Other names of a metric, by their letters. They say the same, so answers do not mention them. */
const otherNames: Readonly<Record<string, MetricId>> = {
  rhr: "resting_heart_rate",
  restinghr: "resting_heart_rate",
  rmssd: "hrv",
  sleepduration: "total_sleep",
  totalsleepduration: "total_sleep",
  bodytemperature: "temperature_deviation",
  respiratoryrate: "breathing_rate",
  efficiency: "sleep_efficiency",
  oxygensaturation: "spo2",
  rem: "rem_sleep",
  deep: "deep_sleep",
  sleeplatency: "latency",
  stepcount: "steps",
  asleep: "total_sleep",
  inbed: "time_in_bed",
  awake: "awake_time",
  sitting: "sitting_time",
  hrlow: "resting_heart_rate",
  hravg: "average_heart_rate",
  breath: "breathing_rate",
  breathperminute: "breathing_rate",
  vascularage: "cardiovascular_age",
  breathingdisturbanceindex: "breathing_disturbance",
  walkingequivalent: "walking_distance",
  activekcal: "active_calories",
  totalkcal: "total_calories",
};

/** The units at the end of columns: "hrv_ms" and "total_sleep_min" name the metrics without them as well. */
const unitAtEnd = /_(per_min|ml_kg_min|m_s|min|h|pct|bpm|ms|c|years|m)$/;

/** Wider words, of which one metric is taken. Answers say which. */
const widerNames: Readonly<Record<string, MetricId>> = {
  sleep: "sleep_score",
  readiness: "readiness_score",
  activity: "activity_score",
  stress: "stress_high",
  temperature: "temperature_deviation",
  heartrate: "resting_heart_rate",
};

/** The metric that a name means, and whether the name is wider than the metric; null when it means none. */
export function findMetric(name: string): { id: MetricId; isWider: boolean } | null {
  const found = findByName(name);
  if (found !== null || !unitAtEnd.test(name)) return found;
  const withoutUnit = findByName(name.replace(unitAtEnd, ""));
  return withoutUnit?.isWider ? null : withoutUnit; // "activity_min" is no score
}

function findByName(name: string): { id: MetricId; isWider: boolean } | null {
  const letters = lettersOf(name);
  const same =
    metricIds.find((id) => lettersOf(id) === letters || lettersOf(metrics[id].label) === letters) ??
    (Object.hasOwn(otherNames, letters) ? otherNames[letters] : undefined) ??
    findMetricAbroad(name);
  if (same !== undefined && same !== null) return { id: same, isWider: false };
  const wider = Object.hasOwn(widerNames, letters) ? widerNames[letters] : undefined;
  return wider === undefined ? null : { id: wider, isWider: true };
}

/**
 * One metric in the input of a tool. The list of all stands once, in the schema of oura_get_statistics; elsewhere a metric is
 * published as text. An unknown name is answered with the nearest ones.
 */
export const metricName = namedIn(numericMetricIds, "another metric as in oura_get_statistics");
/** The same for outcomes of influences. */
export const outcomeName = namedIn(outcomeIds, "another metric as in oura_get_statistics");
/** The same where the list is published. */
export const listedMetric = namedIn(metricIds, "another one of the list in the schema").meta({ enum: [...metricIds] });

function namedIn(ids: readonly MetricId[], others: string) {
  return z.string().transform((name, context): MetricId => {
    const id = ids.find((one) => one === name);
    if (id !== undefined) return id;
    const known = findMetric(name)?.id;
    const hasLevels = known !== undefined && !numericMetricIds.includes(known);
    context.addIssue({
      code: "custom",
      message: hasLevels
        ? `a metric with numbers; ${known} has levels and no mean, and oura_get_statistics counts the days of each`
        : `${nearestMetrics(name, ids).join(" or ")}, or ${others}`,
    });
    return z.NEVER;
  });
}

type NamedColumns = readonly { name: string; metric?: MetricId }[];

/**
 * One column of an answer, by its own name, also without its unit, by that of the metric it shows, or by the metric's column
 * in another tool. Of a metric without a column the result is the metric; {@link chooseOwn} leaves it out. A name that is
 * not known is answered with all.
 * @param elsewhere Where other figures are
 */
export function findColumn(columns: NamedColumns, elsewhere: string) {
  return z.string().transform((name, context): string => {
    const letters = lettersOf(name);
    const metric = findMetric(name)?.id;
    const found =
      columns.find((column) => lettersOf(column.name) === letters || column.name === metric) ??
      columns.find((column) => column.metric !== undefined && column.metric === metric) ??
      columns.find((column) => lettersOf(column.name.replace(/_[a-z]+$/, "")) === letters);
    if (found) return found.name;
    if (metric !== undefined) return metric;
    context.addIssue({
      code: "custom",
      message: `${columns.map((column) => column.name).join(", ")}; ${elsewhere} have others`,
    });
    return z.NEVER;
  });
}

/** The columns of an answer among those that were named, and a note on the others, which other tools have. */
export interface ChosenColumns {
  /** Undefined where none is named. */
  own: readonly string[] | undefined;
  note: string | null;
}

/** Metrics of other tools do not hide what can be said here: they are left out with a note. */
export function chooseOwn(
  columns: NamedColumns,
  named: readonly string[] | undefined,
  elsewhere: string,
): ChosenColumns {
  const own = named?.filter((name) => columns.some((column) => column.name === name)) ?? [];
  const others = named?.filter((name) => !own.includes(name)) ?? [];
  return {
    own: own.length === 0 ? undefined : own,
    note: others.length === 0 ? null : `${[...new Set(others)].join(", ")}: not in this answer; see ${elsewhere}.`,
  };
}

/** How many names an unknown one is answered with. */
const mostNearest = 3;

/** The metrics whose ids or labels are spelled most like a name; the first everyday ones for a name in other letters. */
function nearestMetrics(name: string, ids: readonly MetricId[]): MetricId[] {
  if (!/\p{Script=Latin}/u.test(name)) return defaultMetricIds.filter((id) => ids.includes(id)).slice(0, mostNearest);
  const letters = lettersOf(name).slice(0, longestName);
  const distance = (id: MetricId) =>
    Math.min(countEdits(letters, lettersOf(id)), countEdits(letters, lettersOf(metrics[id].label)));
  return ids
    .map((id) => ({ id, edits: distance(id) }))
    .toSorted((one, other) => one.edits - other.edits)
    .slice(0, mostNearest)
    .map(({ id }) => id);
}

/** Longer texts are no names, and to compare them costs time. */
const longestName = 40;

/** Letters to add, remove or change to make one text of the other (Levenshtein). */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
