import * as z from "zod";
import { baselineDays } from "../../analytics/baseline.ts";
import { type OutcomeId, outcomeIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { outcomeName } from "../../question/metric-names.ts";
import { metricScopes, readableMetrics } from "../../question/metric-reads.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { table, tableShape } from "../../words/table.ts";
import { answerAroundEvent, rangeAround } from "./answer-around-event.ts";
import { eventsOf, judgeNights, nightReads } from "./judge-nights.ts";
import {
  comparisonColumns,
  describeComparison,
  describeLosses,
  listNothingFound,
  namesIn,
  noteInfluences,
  sortComparisons,
  sortFindings,
  summarizeInfluences,
} from "./summarize-influences.ts";

const limits = { maximumDays: 366, defaultDays: 180 };

const defaultOutcomes = ["sleep_score", "hrv", "resting_heart_rate"] as const satisfies readonly OutcomeId[];

export const influencesTool = defineTool({
  name: "oura_find_influences",
  title: "Ōura influences on sleep",
  description:
    "What goes with better or worse nights: tags, workouts, steps, sitting, stress, bedtime, earlier sleep, weekends. " +
    "With event, the days around a date or tag. Association, no proof.",
  input: z.strictObject({
    outcomes: z
      .array(outcomeName)
      .min(1)
      .max(6)
      .optional()
      .describe(`Up to 6 metrics. Default: ${defaultOutcomes.join(", ")}.`),
    factors: z
      .array(z.string().min(1))
      .min(1)
      .max(12)
      .optional()
      .describe("Up to 12: steps, late workout, an own tag's name. Default: all."),
    show_all: z.boolean().optional().describe("Also the numbers of what does not stand out."),
    event: z.string().min(1).optional().describe("A date or tag: only the days around it, against usual."),
    start_date: rangeParams.start_date.describe("Default: 180 days."),
    end_date: rangeParams.end_date.describe("Default: today. Up to 366 days."),
    timezone: unpublishedTimezone,
  }),
  output: {
    /** The table of the comparisons. It is in the answer only if the question has no `event`. */
    columns: tableShape.columns.optional(),
    rows: tableShape.rows.optional(),
    /**
     * Only without `event`: for each outcome (a metric of the night, such as HRV), the compared factors that show no
     * clear association with it.
     */
    nothing_found: z.record(z.string(), z.array(z.string())).optional(),
    /**
     * For a question with `event`: the values of each outcome (a metric such as HRV) on the days around the event.
     * `recovery` gives the day from which the outcome was back in its usual range.
     */
    around: table.optional(),
    recovery: table.optional(),
    /** The names that the wearer gave to tags, by the names that rows and `missing` use ("own tag 1"). */
    wearer_text: z.record(z.string(), z.string()).optional(),
  },
  scopes: [...metricScopes(outcomeIds), "daily"],
  partScopes: {
    stress: "daytime stress before a night",
    tag: "tags before a night",
    workout: "workouts before a night",
  },
  hasPicture: true,
  days(input, calendar) {
    const around = rangeAround(input, calendar);
    return around === null ? oneRange(input, calendar, limits) : [around];
  },
  countsMissingDays: true,
  dayFields: ["start_date", "end_date"],
  reads: (input) =>
    input.event === undefined
      ? nightReads(outcomesOf(input), 1, input.factors)
      : nightReads(outcomesOf(input), baselineDays + 1, []),
  answer({ input, range, today, data, gaps, draw }) {
    const documents = { ...data.before, ...data.outcomes, ...(data.stress ? { daily_stress: data.stress } : {}) };
    const ids = readableMetrics(outcomesOf(input), documents);
    const { events, oldTags } = data;
    if (input.event !== undefined) {
      const recorded = events.kinds.includes("tag") ? eventsOf({ events, oldTags }) : null;
      const found = answerAroundEvent({
        event: input.event,
        range,
        today,
        outcomes: ids,
        documents,
        unmeasurable: gaps.unmeasurable.names,
        events: recorded,
      });
      gaps.add(...found.missing);
      const { missing: _, picture, ...answered } = found;
      if (picture) draw?.(picture);
      return answered;
    }
    const asked = input.factors;
    const showsAll = input.show_all ?? asked !== undefined;
    const judged = judgeNights(ids, { documents, events, oldTags }, { range, today, asked });
    const { influences, factors } = judged;
    const losses = describeLosses(judged);
    gaps.addUnnamed(...losses.unnamed);
    gaps.add(...losses.named);
    const answered = {
      summary: summarizeInfluences(judged, ids, range, asked !== undefined),
      columns: comparisonColumns,
      rows: (showsAll ? sortComparisons(influences) : sortFindings(influences)).map(describeComparison),
      nothing_found: listNothingFound(influences),
    };
    const notes = noteInfluences(judged, range, showsAll);
    const names = namesIn([answered, notes, gaps.entries], factors.givenNames);
    return { ...answered, ...names.fields, notes: [...notes, ...names.notes] };
  },
});

function outcomesOf({ outcomes = defaultOutcomes }: { outcomes?: readonly OutcomeId[] | undefined }): OutcomeId[] {
  return [...new Set(outcomes)];
}
