import * as z from "zod";
import { defaultMetricIds, type MetricId, metricIds, metrics, numericMetricIds, outcomeIds } from "../oura/metrics.ts";
import { findMetricAbroad } from "./metric-words-abroad.ts";

/**
 * Spellings are compared by their letters and digits in lower case: "Resting heart-rate" becomes "restingheartrate".
 */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Synonyms of metric names, in the form that {@link lettersOf} returns. A synonym means exactly the same as the
 * metric's name, so an answer does not mention that a synonym was used.
 */
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

/**
 * Matches a unit at the end of a column name. Callers often name a metric by the column that they saw in a table:
 * "hrv_ms" means hrv, and "total_sleep_min" means total_sleep.
 */
const unitAtEnd = /_(per_min|ml_kg_min|m_s|min|h|pct|bpm|ms|c|years|m)$/;

/**
 * Each of these words could mean several metrics. The table says which metric is used for the word, and the answer
 * names this metric.
 */
const widerNames: Readonly<Record<string, MetricId>> = {
  sleep: "sleep_score",
  readiness: "readiness_score",
  activity: "activity_score",
  stress: "stress_high",
  temperature: "temperature_deviation",
  heartrate: "resting_heart_rate",
};

/**
 * Finds the metric that a name means. Null when no metric has this name. Some names, such as "sleep", could also mean
 * other metrics. For such a name, `isWider` is true.
 */
export function findMetric(name: string): { id: MetricId; isWider: boolean } | null {
  const found = findByName(name);
  if (found !== null || !unitAtEnd.test(name)) return found;
  const withoutUnit = findByName(name.replace(unitAtEnd, ""));
  return withoutUnit?.isWider ? null : withoutUnit; // "activity_min" does not mean activity_score
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
 * The error for an unknown metric name suggests the most similar known names. The published schema does not list the
 * names, because the long list would be repeated in every tool. Only the schema of oura_get_statistics lists them.
 */
export const metricName = namedIn(numericMetricIds, "another metric as in oura_get_statistics");
/** Like {@link metricName}, but it accepts only metrics that can be the outcome in oura_find_influences. */
export const outcomeName = namedIn(outcomeIds, "another metric as in oura_get_statistics");
/**
 * Like {@link metricName}, but it also accepts metrics whose values are words such as "solid". The published schema
 * lists all names. Only oura_get_statistics has such an argument.
 */
export const listedMetric = namedIn(metricIds, "another one of the list in the schema").meta({ enum: [...metricIds] });

function namedIn<Id extends MetricId>(ids: readonly Id[], others: string) {
  return z.string().transform((name, context): Id => {
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
 * Finds the column that the caller means. The caller may write the column's name with or without its unit, or any name
 * of the column's metric. The caller may also use the column name that this metric has in another tool. If the name
 * means a metric for which this answer has no column, the result is the metric's id, and {@link chooseOwn} later leaves
 * this id out. The error for an unknown name lists all columns.
 * @param elsewhere The names of the tools that show other metrics, for the text of the error
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

/** If the caller named columns that only other tools have, `note` says so. */
export interface ChosenColumns {
  /** The columns of this answer that the caller named. Undefined when the caller named none of them. */
  own: readonly string[] | undefined;
  note: string | null;
}

/**
 * Chooses those of the named columns that the tool's answer has. A named column that only other tools show is left out,
 * and a note says so.
 */
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

/** The error for an unknown metric name suggests at most this many names. */
const mostNearest = 3;

/**
 * The metrics whose ids or labels are most similar to the given name. A name without Latin letters is similar to none
 * of them. For such a name, the result is the first few of the metrics that tools use by default.
 */
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

/**
 * To find a similar name, only this many letters are compared, because comparing a long text would cost time. No metric
 * has a longer name.
 */
const longestName = 40;

/** The Levenshtein distance: how many letters to add, remove or change to turn one text into the other. */
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
