import * as z from "zod";
import type { SleepDay, SleepPeriod } from "../../oura/night.ts";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { byDay, essential, nothing } from "../../question/reads.ts";
import { tableShape } from "../../words/table.ts";
import { drawSleeps } from "./draw-sleeps.ts";
import { describeJoined, joinedSleep } from "./joined-sleeps.ts";
import { dayTotals, listSleeps } from "./list-sleeps.ts";
import { describeSleep, nightFigures, sleepColumns } from "./sleep-table.ts";
import { summarizeSleeps } from "./summarize-sleeps.ts";
import { describeSeries, seriesOutput } from "./time-series.ts";

const maximumDays = 92;
/** The series of one night take about a kilobyte, so more than a week would make the answer too long. */
const maximumDaysWithSeries = 7;

export const sleepSessionsTool = defineTool({
  name: "oura_get_sleep_sessions",
  title: "Ōura sleep sessions",
  description:
    "Each night and nap, up to 92 days: start and end, minutes in bed, asleep, awake, in each stage and to fall " +
    "asleep, efficiency, mean and lowest heart rate, HRV, breathing rate, restlessness. Scores: oura_get_daily_summary.",
  input: z.strictObject({
    ...rangeParams,
    timezone: unpublishedTimezone,
    include_time_series: z.boolean().default(false).describe("Stages, heart rate and HRV by 15 minutes; up to 7 days."),
  }),
  output: {
    ...tableShape,
    joined: z.array(joinedSleep).optional(),
    days_with_naps: z
      .array(z.object({ day: z.string(), total_sleep_min: z.number(), total_sleep_with_naps_min: z.number() }))
      .optional(),
    time_series: seriesOutput.optional(),
  },
  scopes: ["daily"],
  hasPicture: true,
  days: (input, calendar) =>
    oneRange(input, calendar, { maximumDays: input.include_time_series ? maximumDaysWithSeries : maximumDays }),
  reads: ({ include_time_series: withSeries }) => ({
    sleep: withSeries ? nothing : essential(byDay("sleep", { figures: nightFigures })),
    withSeries: withSeries ? essential(byDay("sleep_with_series", { figures: nightFigures })) : nothing,
  }),
  dayFields: ["start_date", "end_date", "utc_offset"],
  offsets: ({ data: { sleep, withSeries }, range }) =>
    listSleeps<SleepPeriod>(withSeries ?? sleep ?? [], range).map(({ day, start, end }) => ({ day, at: end ?? start })),
  answer({ range, data: { sleep, withSeries }, gaps, draw }) {
    const days: readonly SleepDay[] = withSeries ?? sleep ?? [];
    const told = listSleeps(days, range);
    const withCourses = withSeries && listSleeps(withSeries, range);
    draw?.(drawSleeps(withCourses ?? []));
    const totals = dayTotals(days, range);
    const joined = describeJoined(told);
    return {
      summary: summarizeSleeps({ range, missing: gaps.entries, days }),
      columns: sleepColumns,
      rows: told.map(describeSleep),
      ...(joined.length > 0 ? { joined } : {}),
      ...(totals.length > 0 ? { days_with_naps: totals } : {}),
      ...(withCourses ? { time_series: describeSeries(withCourses) } : {}),
      notes: [
        "day is the day of waking up; start and end are local clock times.",
        ...(joined.length > 0
          ? ["The time up between the parts of a sleep is in in_bed_min and not in awake_min."]
          : []),
      ],
    };
  },
});
