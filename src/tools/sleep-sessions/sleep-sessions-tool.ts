import * as z from "zod";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { byDay, essential, nothing } from "../../question/reads.ts";
import { tableShape } from "../../words/table.ts";
import { dayTotals } from "./day-totals.ts";
import { drawSleeps } from "./draw-sleeps.ts";
import { countedPeriods, type SleepPeriod, type SleepWithSeries } from "./sleep-periods.ts";
import { nightFigures, sleepColumns } from "./sleep-table.ts";
import { summarizeSleeps } from "./summarize-sleeps.ts";
import { describeSeries, seriesOutput } from "./time-series.ts";

const maximumDays = 92;
/** The series of one night take about a kilobyte, so more than a week would make the answer too long. */
const maximumDaysWithSeries = 7;

export const sleepSessionsTool = defineTool({
  name: "oura_get_sleep_sessions",
  title: "Ōura sleep sessions",
  description:
    "Each night and nap, up to 92 days: start and end, minutes in bed, asleep, awake and in each stage, minutes " +
    "to fall asleep, efficiency, mean and lowest heart rate, HRV, breathing rate and restlessness. For scores use " +
    "oura_get_daily_summary.",
  input: z.strictObject({
    ...rangeParams,
    include_time_series: z
      .boolean()
      .default(false)
      .describe("Also stages, heart rate and HRV by 15 minutes; up to 7 days."),
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
    sleep: withSeries ? nothing : essential(byDay("sleep", { figures: nightFigures })),
    withSeries: withSeries ? essential(byDay("sleep_with_series", { figures: nightFigures })) : nothing,
  }),
  dayFields: ["start_date", "end_date", "utc_offset"],
  offsets: ({ data, range }) =>
    countedPeriods(sleepOf(data), range).map(({ day, period }) => ({ day, at: period.bedtime_end })),
  answer({ range, data, gaps, draw }) {
    const counted = countedPeriods(sleepOf(data), range);
    draw?.(drawSleeps(counted, data.withSeries ?? []));
    const totals = dayTotals(counted);
    return {
      summary: summarizeSleeps({ range, counted, totals, missing: gaps.entries, read: sleepOf(data) }),
      columns: sleepColumns.map(({ name }) => name),
      rows: counted.map((one) => sleepColumns.map(({ value }) => value(one))),
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
