import { defineTool } from "../../question/define-tool.ts";
import { byRoutes, nothing } from "../../question/reads.ts";
import { formatDay, joinSentences } from "../../words/present.ts";
import { baselineTable, describeBaselines, reachBack, sayStandings } from "./baselines.ts";
import { answerContributors, contributedAmong, readContributors } from "./contributors.ts";
import { askedColumns, chosenColumns, dailyInput, dailyOutput, readDays } from "./daily-input.ts";
import { findNoAdvice, layOutDays } from "./daily-table.ts";
import { isStillCounting, readsOf } from "./sections.ts";
import { summarizeDays } from "./summarize-days.ts";

export const dailySummaryTool = defineTool({
  name: "oura_get_daily_summary",
  title: "Ōura daily summary",
  description:
    "One row per day: scores, and what pulled a low one down, sleep and its stages, temperature " +
    "deviation, steps, calories, the activity goal, sitting, stress, recovery, blood oxygen, resilience, " +
    "cardiovascular age, VO2 max, Ōura's bedtime advice. Start here for one day. Bed times, night heart rate and HRV: " +
    "oura_get_sleep_sessions.",
  input: dailyInput,
  output: dailyOutput,
  scopes: ["daily", "spo2", "stress", "heart_health"],
  hasPicture: true,
  days: readDays,
  namesMissing: (days) => (days === 1 ? 3 : 1),
  dayFields: ["start_date", "end_date", "today", "utc_offset"],
  reads: (input) => ({
    documents: byRoutes(
      "essential",
      readsOf(askedColumns(input), ({ upToToday }) => (input.include_baselines ? reachBack(upToToday) : upToToday)),
    ),
    contributors: input.include_contributors ? readContributors(contributedAmong(askedColumns(input))) : nothing,
  }),
  async answer({ input, range, today, data: { documents, contributors }, gaps, readMore, draw }) {
    const asked = askedColumns(input);
    const chosen = chosenColumns(input);
    const laid = layOutDays({ asked, documents, range, today, unmeasurable: gaps.unmeasurable.names });
    const { measured, shown, rows, finalDays, table, notes } = laid;
    const standings = input.include_baselines ? describeBaselines(documents, range.end, today) : [];
    const parts = await answerContributors({ columns: measured, days: finalDays, documents: contributors, readMore });
    gaps.add(...(parts?.missing ?? []));
    if (parts?.picture) draw?.(parts.picture);
    const summarized = summarizeDays({
      today,
      shown,
      isChosen: chosen.own !== undefined,
      rows,
      missing: gaps.entries,
      activity: documents.daily_activity ?? [],
      sleep: documents.sleep ?? [],
    });
    // The summary already gives the reason for missing bedtime advice in its own words.
    gaps.addUnnamed(...findNoAdvice(laid));
    return {
      summary: joinSentences(summarized, ...(parts?.summary ?? []), sayStandings(range.end, standings)),
      ...(input.summary_only ? { columns: [], rows: [] } : table),
      ...(input.include_baselines ? { baselines: baselineTable(range.end, standings) } : {}),
      ...(parts && parts.contributors.rows.length > 0 ? { contributors: parts.contributors } : {}),
      notes: [
        ...(chosen.note === null ? [] : [chosen.note]),
        ...notes,
        ...(parts?.notes ?? []),
        ...(shown.some((column) => isStillCounting(column, range.end, today))
          ? [`Activity and stress of ${formatDay(today)} are still counting; means leave them out.`]
          : []),
      ],
    };
  },
});
