import { type IsoDay, parseIsoDay } from "../../analytics/day.ts";
import type { MetricId } from "../../oura/metrics.ts";
import type { SleepDay, SleepFigures } from "../../oura/night.ts";
import type { DayFigure } from "../../question/reads.ts";
import { localTime } from "../../words/night-words.ts";
import { round, withWeekday } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import type { ListedSleep } from "./list-sleeps.ts";

export interface FigureColumn {
  name: string;
  read(sleep: SleepFigures): number | null;
  /** The column shows Oura's value (the result of `read`) divided by this, such as 60 to turn seconds into minutes. */
  per: number;
  decimals: number;
  /** Whether the figures of a sleep's parts add up to the figure of the whole sleep, as minutes do. */
  isSum: boolean;
  /** A question may ask for the column by any name of this metric (src/oura/metrics.ts). */
  metric?: MetricId;
}

function inMinutes(name: string, metric: MetricId | null, read: FigureColumn["read"], isSum: boolean): FigureColumn {
  return { name, read, per: 60, decimals: 0, isSum, ...(metric ? { metric } : {}) };
}

function asIs(
  name: string,
  metric: MetricId,
  read: FigureColumn["read"],
  { decimals = 0, isSum = false } = {},
): FigureColumn {
  return { name, read, per: 1, decimals, isSum, metric };
}

export const figureColumns: readonly FigureColumn[] = [
  inMinutes("in_bed_min", "time_in_bed", (sleep) => sleep.time_in_bed, false),
  inMinutes("asleep_min", "total_sleep", (sleep) => sleep.total_sleep_duration, true),
  inMinutes("deep_min", "deep_sleep", (sleep) => sleep.deep_sleep_duration, true),
  inMinutes("rem_min", "rem_sleep", (sleep) => sleep.rem_sleep_duration, true),
  inMinutes("light_min", null, (sleep) => sleep.light_sleep_duration, true),
  inMinutes("awake_min", "awake_time", (sleep) => sleep.awake_time, true),
  inMinutes("latency_min", "latency", (sleep) => sleep.latency, false),
  asIs("efficiency_pct", "sleep_efficiency", (sleep) => sleep.efficiency),
  asIs("hr_avg_bpm", "average_heart_rate", (sleep) => sleep.average_heart_rate),
  asIs("hr_low_bpm", "resting_heart_rate", (sleep) => sleep.lowest_heart_rate),
  asIs("hrv_ms", "hrv", (sleep) => sleep.average_hrv),
  asIs("breath_per_min", "breathing_rate", (sleep) => sleep.average_breath, { decimals: 1 }),
  asIs("restless_periods", "restless_periods", (sleep) => sleep.restless_periods, { isSum: true }),
];

export function figureOf({ read, per, decimals }: FigureColumn, sleep: SleepFigures): number | null {
  const value = read(sleep);
  return value === null ? null : round(value / per, decimals);
}

export const timeColumns = [
  { name: "start", metric: "bedtime" },
  { name: "end", metric: "wake_time" },
] as const;

export const askableColumns: readonly { name: string; metric?: MetricId }[] = [...timeColumns, ...figureColumns];

/**
 * The table has the columns in `named`, or all columns if `named` is undefined. For a record that Oura has not
 * finished, the columns with figures are empty.
 */
export function tableOfSleeps(
  listed: readonly ListedSleep[],
  named: readonly string[] | undefined,
): { columns: string[]; rows: Cell[][] } {
  const isAsked = ({ name }: { name: string }) => named?.includes(name) ?? true;
  const times = timeColumns.filter(isAsked);
  const figures = figureColumns.filter(isAsked);
  return withWeekday({
    columns: ["day", "kind", ...times.map(({ name }) => name), ...figures.map(({ name }) => name)],
    rows: listed.map(({ day, kind, sleep, start, end }): Cell[] => [
      day,
      kind,
      ...times.map(({ name }) => localTime(name === "start" ? start : end)),
      ...figures.map((column) => (sleep === null ? null : figureOf(column, sleep))),
    ]),
  });
}

/**
 * The day of the newest night in a table of {@link tableOfSleeps} that has all columns. A night without a time asleep
 * does not count. Null when no night counts.
 */
export function newestNight({ columns, rows }: { columns: readonly string[]; rows: Cell[][] }): IsoDay | null {
  const cellOf = (row: readonly Cell[] | undefined, column: string) => row?.[columns.indexOf(column)] ?? null;
  const isNight = (row: readonly Cell[]) => cellOf(row, "kind") === "night" && cellOf(row, "asleep_min") !== null;
  return parseIsoDay(String(cellOf(rows.findLast(isNight), "day")));
}

/**
 * Lists the figures that the answer reports as missing if Oura does not give them. One of them is the night itself. The
 * others are values that a recorded night may lack, such as the HRV.
 */
export function nightFigures(named: readonly string[] | undefined): DayFigure<"sleep" | "sleep_with_series">[] {
  return checkedFigures.filter(({ name }) => name === "night" || (named?.includes(name) ?? true));
}

const checkedFigures: readonly DayFigure<"sleep" | "sleep_with_series">[] = [
  { name: "night", group: "night", on: (days) => nightOf(days) },
  { name: "hr_low_bpm", group: "night", on: (days) => nightOf(days)?.lowest_heart_rate },
  { name: "hr_avg_bpm", group: "night", on: (days) => nightOf(days)?.average_heart_rate },
  { name: "hrv_ms", group: "night", on: (days) => nightOf(days)?.average_hrv },
  { name: "breath_per_min", group: "night", on: (days) => nightOf(days)?.average_breath },
];

function nightOf(days: readonly SleepDay[]): SleepDay["night"] {
  return days.at(-1)?.night ?? null;
}
