import * as z from "zod";
import { formatOffset, isWithin } from "../../analytics/day.ts";
import { requireScopes } from "../../question/access.ts";
import { explainRing, missingEntry } from "../../question/gaps.ts";
import { rangeParams } from "../../question/range-input.ts";
import { findRingLimit } from "../../question/ring-limits.ts";
import { minutes, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { defineTool } from "../legacy.ts";
import { guessRange, settleRange } from "../wearer-range.ts";
import { dayTotals } from "./day-totals.ts";
import { findMissingNights, findNewestRecord } from "./gaps.ts";
import { type CountedPeriod, countedPeriods, localTime, offsetChanges, type SleepPeriod } from "./periods.ts";
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
  output: z.object({
    summary: z.string(),
    start_date: z.string(),
    end_date: z.string(),
    utc_offset: z.string(),
    /** Days from which another offset holds, when it changes within the range. */
    utc_offset_changes: z.array(z.object({ from_day: z.string(), utc_offset: z.string() })).optional(),
    ...tableShape,
    days_with_naps: z.array(z.object({ day: z.string(), night_min: z.number(), with_naps_min: z.number() })).optional(),
    time_series: seriesOutput.optional(),
    missing: z.array(missingEntry),
    notes: z.array(z.string()),
  }),
  scopes: ["daily"],
  hasPicture: true,
  async run(input, context) {
    requireScopes(context.access, ["daily"]);
    const limits = { maximumDays: input.include_time_series ? maximumDaysWithSeries : maximumDays };
    const { read } = guessRange(input, context, limits);
    const withSeries = input.include_time_series ? await context.reader.readDays("sleep_with_series", read) : null;
    const sleep: readonly SleepPeriod[] = withSeries ?? (await context.reader.readDays("sleep", read));
    const settled = settleRange(input, context, { sleep }, limits);
    const counted = countedPeriods(sleep).filter(({ day }) => isWithin(day, settled.range));
    context.draw?.(drawSleeps(counted, withSeries ?? []));
    const changes = offsetChanges(counted);
    const totals = dayTotals(counted);
    const newest = await findNewestRecord(context, settled, sleep, read);
    const withoutRing = newest.newestRecord === null ? explainRing("night", await findRingLimit(context)) : null;
    const missing = withoutRing ? [withoutRing] : findMissingNights(settled, counted, newest);
    return {
      summary: summarize({ settled, counted, totals, missing, read: sleep }),
      start_date: settled.range.start,
      end_date: settled.range.end,
      utc_offset: changes[0] ? formatOffset(changes[0].offsetMinutes) : settled.utcOffset,
      ...(changes.length > 1
        ? {
            utc_offset_changes: changes
              .slice(1)
              .map(({ day, offsetMinutes }) => ({ from_day: day, utc_offset: formatOffset(offsetMinutes) })),
          }
        : {}),
      columns: columns.map(({ name }) => name),
      rows: counted.map((one) => columns.map(({ value }) => value(one))),
      ...(totals.length > 0 ? { days_with_naps: totals } : {}),
      ...(withSeries ? { time_series: describeSeries(counted, withSeries) } : {}),
      missing,
      notes: [
        "day is the day of waking up; start and end are local clock times.",
        ...(settled.zoneNote ? [settled.zoneNote] : []),
      ],
    };
  },
});
