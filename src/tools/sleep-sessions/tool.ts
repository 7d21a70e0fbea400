import * as z from "zod";
import { type DayRange, isWithin } from "../../analytics/day.ts";
import { findMainNight } from "../../oura/main-night.ts";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { byDay, type DayFigure, essential, nothing } from "../../question/reads.ts";
import { minutes, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { dayTotals } from "./day-totals.ts";
import { type CountedPeriod, countedPeriods, localTime, type SleepPeriod, type SleepWithSeries } from "./periods.ts";
import { drawSleeps } from "./picture.ts";
import { summarize } from "./summarize.ts";
import { describeSeries, seriesOutput } from "./time-series.ts";

const maximumDays = 92;
/** Curves of one night are about a kilobyte; more than a week of them would drown the answer. */
const maximumDaysWithSeries = 7;

/** One column for each figure of a sleep, in the order of the rows. */
const columns: readonly { name: string; value(counted: CountedPeriod): string | number | null }[] = [
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

/** A night, and what a night that is there may lack all the same. */
const figures: readonly DayFigure<"sleep" | "sleep_with_series">[] = [
  { name: "night", group: "night", on: findMainNight },
  { name: "hr_low_bpm", group: "night", on: (periods) => findMainNight(periods)?.lowest_heart_rate },
  { name: "hr_avg_bpm", group: "night", on: (periods) => findMainNight(periods)?.average_heart_rate },
  { name: "hrv_ms", group: "night", on: (periods) => findMainNight(periods)?.average_hrv },
  { name: "breath_per_min", group: "night", on: (periods) => findMainNight(periods)?.average_breath },
];

export const sleepSessionsTool = defineTool({
  name: "oura_get_sleep_sessions",
  title: "Ōura sleep sessions",
  description:
    "Nights and naps in detail, up to 92 days: when you went to bed, turned in, fell asleep and woke up in the " +
    "morning, hours really asleep, time in bed, time awake, how long it took to drift off; deep, REM (dreaming) " +
    "and light sleep stages, lowest pulse of the night, heart rate variability, breathing, tossing and turning. " +
    "For scores use oura_get_daily_summary.",
  input: z.strictObject({
    ...rangeParams,
    include_time_series: z.boolean().default(false).describe("Also the 15-minute course of each sleep; up to 7 days."),
  }),
  output: {
    ...tableShape,
    days_with_naps: z.array(z.object({ day: z.string(), night_min: z.number(), with_naps_min: z.number() })).optional(),
    time_series: seriesOutput.optional(),
  },
  scopes: ["daily"],
  hasPicture: true,
  days: (input, calendar) =>
    oneRange(input, calendar, { maximumDays: input.include_time_series ? maximumDaysWithSeries : maximumDays }),
  reads: ({ include_time_series: withSeries }) => ({
    sleep: withSeries ? nothing : essential(byDay("sleep", { figures })),
    withSeries: withSeries ? essential(byDay("sleep_with_series", { figures })) : nothing,
  }),
  tells: ["start_date", "end_date", "utc_offset"],
  offsets: (asked) => countedIn(asked).map(({ day, period }) => ({ day, at: period.bedtime_end })),
  answer(asked) {
    const { range, data, gaps, draw } = asked;
    const counted = countedIn(asked);
    draw?.(drawSleeps(counted, data.withSeries ?? []));
    const totals = dayTotals(counted);
    return {
      summary: summarize({ range, counted, totals, missing: gaps.entries, read: sleepOf(data) }),
      columns: columns.map(({ name }) => name),
      rows: counted.map((one) => columns.map(({ value }) => value(one))),
      ...(totals.length > 0 ? { days_with_naps: totals } : {}),
      ...(data.withSeries ? { time_series: describeSeries(counted, data.withSeries) } : {}),
      notes: ["day is the day of waking up; start and end are local clock times."],
    };
  },
});

interface SleepData {
  sleep: readonly SleepPeriod[] | null;
  withSeries: readonly SleepWithSeries[] | null;
}

function sleepOf({ sleep, withSeries }: SleepData): readonly SleepPeriod[] {
  return withSeries ?? sleep ?? [];
}

/** The sleeps of the range that count. */
function countedIn({ data, range }: { data: SleepData; range: DayRange }): CountedPeriod[] {
  return countedPeriods(sleepOf(data)).filter(({ day }) => isWithin(day, range));
}
