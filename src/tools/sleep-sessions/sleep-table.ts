import { findMainNight } from "../../oura/main-night.ts";
import type { DayFigure } from "../../question/reads.ts";
import { minutes, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type CountedPeriod, localTime } from "./sleep-periods.ts";

/** The columns of the table, in order. */
export const sleepColumns: readonly { name: string; value(counted: CountedPeriod): Cell }[] = [
  { name: "day", value: ({ day }) => day },
  { name: "kind", value: ({ kind }) => kind },
  { name: "start", value: ({ period }) => localTime(period.bedtime_start) },
  { name: "end", value: ({ period }) => localTime(period.bedtime_end) },
  { name: "in_bed_min", value: ({ period }) => minutes(period.time_in_bed) },
  { name: "asleep_min", value: ({ period }) => minutes(period.total_sleep_duration) },
  { name: "deep_min", value: ({ period }) => minutes(period.deep_sleep_duration) },
  { name: "rem_min", value: ({ period }) => minutes(period.rem_sleep_duration) },
  { name: "light_min", value: ({ period }) => minutes(period.light_sleep_duration) },
  { name: "awake_min", value: ({ period }) => minutes(period.awake_time) },
  { name: "latency_min", value: ({ period }) => minutes(period.latency) },
  { name: "efficiency_pct", value: ({ period }) => period.efficiency },
  { name: "hr_avg_bpm", value: ({ period }) => round(period.average_heart_rate) },
  { name: "hr_low_bpm", value: ({ period }) => period.lowest_heart_rate },
  { name: "hrv_ms", value: ({ period }) => period.average_hrv },
  { name: "breath_per_min", value: ({ period }) => round(period.average_breath, 1) },
  { name: "restless_periods", value: ({ period }) => period.restless_periods },
];

/** The figures checked for gaps: the night itself, and values that a recorded night may lack. */
export const nightFigures: readonly DayFigure<"sleep" | "sleep_with_series">[] = [
  { name: "night", group: "night", on: findMainNight },
  { name: "hr_low_bpm", group: "night", on: (periods) => findMainNight(periods)?.lowest_heart_rate },
  { name: "hr_avg_bpm", group: "night", on: (periods) => findMainNight(periods)?.average_heart_rate },
  { name: "hrv_ms", group: "night", on: (periods) => findMainNight(periods)?.average_hrv },
  { name: "breath_per_min", group: "night", on: (periods) => findMainNight(periods)?.average_breath },
];
