import * as z from "zod";
import { defineTool } from "../../question/define-tool.ts";
import { byDay, essential, nothing } from "../../question/reads.ts";
import { tableShape } from "../../words/table.ts";
import { drawSleeps } from "./draw-sleeps.ts";
import { describeJoined, joinedSleep } from "./joined-sleeps.ts";
import { dayTotals, listSleeps, noteEveningSleep } from "./list-sleeps.ts";
import { chosenColumns, hasSeries, isOfKind, readDays, sleepInput } from "./sleep-input.ts";
import { nightFigures, tableOfSleeps } from "./sleep-table.ts";
import { summarizeSleeps } from "./summarize-sleeps.ts";
import { describeSeries, seriesOutput } from "./time-series.ts";

export const sleepSessionsTool = defineTool({
  name: "oura_get_sleep_sessions",
  title: "Ōura sleep sessions",
  description:
    "Each night and nap: start and end, minutes in bed, asleep, awake, in each stage and to fall " +
    "asleep, efficiency, mean and lowest heart rate, HRV, breathing rate, restlessness. Scores: oura_get_daily_summary.",
  input: sleepInput,
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
  days: readDays,
  reads(input) {
    const figures = nightFigures(chosenColumns(input).own);
    return {
      sleep: hasSeries(input) ? nothing : essential(byDay("sleep", { figures })),
      withSeries: hasSeries(input) ? essential(byDay("sleep_with_series", { figures })) : nothing,
    };
  },
  namesMissing: () => 3,
  dayFields: ["start_date", "end_date", "utc_offset"],
  offsets: ({ data: { sleep, withSeries }, range }) =>
    listSleeps(withSeries ?? sleep ?? [], range).map(({ day, start, end }) => ({ day, at: end ?? start })),
  answer({ input, range, data: { sleep, withSeries }, gaps, draw }) {
    const days = withSeries ?? sleep ?? [];
    const listed = listSleeps(days, range).filter((one) => isOfKind(one, input.kind));
    const withCourses = withSeries && listSleeps(withSeries, range).filter((one) => isOfKind(one, input.kind));
    const totals = dayTotals(days, range);
    const joined = describeJoined(listed);
    // A question that names columns may cover a year. The parts of nights that were joined from several records could
    // then be longer than the rest of the answer, so they are left out.
    const chosen = chosenColumns(input);
    const showsAll = chosen.own === undefined && !input.summary_only;
    // The chart shows the time series of the sleeps if these series were read. Otherwise, it shows how many minutes
    // each sleep stage lasted. These minutes are in the rows of the answer.
    if (withCourses || (showsAll && input.kind !== "nap")) draw?.(drawSleeps(withCourses ?? []));
    return {
      summary: summarizeSleeps({
        range,
        missing: gaps.entries,
        days,
        kind: input.kind,
        named: chosen.own,
        listsParts: showsAll,
      }),
      ...(input.summary_only ? { columns: [], rows: [] } : tableOfSleeps(listed, chosen.own)),
      ...(joined.length > 0 && showsAll ? { joined } : {}),
      ...(totals.length > 0 && showsAll && input.kind === "all" ? { days_with_naps: totals } : {}),
      ...(withCourses ? { time_series: describeSeries(withCourses) } : {}),
      notes: [
        ...(chosen.note === null ? [] : [chosen.note]),
        "day is the day of waking up; start and end are local clock times.",
        ...(joined.length > 0 && showsAll
          ? ["The time up between the parts of a sleep is in in_bed_min and not in awake_min."]
          : []),
        ...noteEveningSleep(listed),
      ],
    };
  },
});
