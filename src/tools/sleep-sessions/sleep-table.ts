import type { SleepDay, SleepFigures } from "../../oura/night.ts";
import type { DayFigure } from "../../question/reads.ts";
import { localTime } from "../../words/night-words.ts";
import { round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import type { ListedSleep } from "./list-sleeps.ts";

/** A figure of a sleep or of one of its parts. */
export interface FigureColumn {
  name: string;
  read(sleep: SleepFigures): number | null;
  /** What one of the column's unit is in the unit of `read`: 60 s are a minute. */
  per: number;
  decimals: number;
  /** Whether the figures of the parts add up to that of the sleep. */
  isSum: boolean;
}

function inMinutes(name: string, read: FigureColumn["read"], isSum: boolean): FigureColumn {
  return { name, read, per: 60, decimals: 0, isSum };
}

function asIs(name: string, read: FigureColumn["read"], { decimals = 0, isSum = false } = {}): FigureColumn {
  return { name, read, per: 1, decimals, isSum };
}

/** The figures of a sleep or of its part, in the order of the columns. */
export const figureColumns: readonly FigureColumn[] = [
  inMinutes("in_bed_min", (sleep) => sleep.time_in_bed, false),
  inMinutes("asleep_min", (sleep) => sleep.total_sleep_duration, true),
  inMinutes("deep_min", (sleep) => sleep.deep_sleep_duration, true),
  inMinutes("rem_min", (sleep) => sleep.rem_sleep_duration, true),
  inMinutes("light_min", (sleep) => sleep.light_sleep_duration, true),
  inMinutes("awake_min", (sleep) => sleep.awake_time, true),
  inMinutes("latency_min", (sleep) => sleep.latency, false),
  asIs("efficiency_pct", (sleep) => sleep.efficiency),
  asIs("hr_avg_bpm", (sleep) => sleep.average_heart_rate),
  asIs("hr_low_bpm", (sleep) => sleep.lowest_heart_rate),
  asIs("hrv_ms", (sleep) => sleep.average_hrv),
  asIs("breath_per_min", (sleep) => sleep.average_breath, { decimals: 1 }),
  asIs("restless_periods", (sleep) => sleep.restless_periods, { isSum: true }),
];

/** A figure in the unit of its column. */
export function figureOf({ read, per, decimals }: FigureColumn, sleep: SleepFigures): number | null {
  const value = read(sleep);
  return value === null ? null : round(value / per, decimals);
}

export const sleepColumns = ["day", "kind", "start", "end", ...figureColumns.map(({ name }) => name)];

/** A sleep as a row under {@link sleepColumns}. An unfinished record has no figures. */
export function describeSleep({ day, kind, sleep, start, end }: ListedSleep): Cell[] {
  return [
    day,
    kind,
    localTime(start),
    localTime(end),
    ...figureColumns.map((column) => (sleep === null ? null : figureOf(column, sleep))),
  ];
}

/** The figures checked for gaps: the night itself, and values that a recorded night may lack. */
export const nightFigures: readonly DayFigure<"sleep" | "sleep_with_series">[] = [
  { name: "night", group: "night", on: (days) => nightOf(days) },
  { name: "hr_low_bpm", group: "night", on: (days) => nightOf(days)?.lowest_heart_rate },
  { name: "hr_avg_bpm", group: "night", on: (days) => nightOf(days)?.average_heart_rate },
  { name: "hrv_ms", group: "night", on: (days) => nightOf(days)?.average_hrv },
  { name: "breath_per_min", group: "night", on: (days) => nightOf(days)?.average_breath },
];

function nightOf(days: readonly SleepDay[]): SleepDay["night"] {
  return days.at(-1)?.night ?? null;
}
