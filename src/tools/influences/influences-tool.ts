import * as z from "zod";
import { type MetricId, outcomeIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import {
  askedMetrics,
  metricScopes,
  readableMetrics,
  readMetrics,
  readMetricsBeside,
} from "../../question/metric-reads.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { daysBefore } from "../../question/reads.ts";
import { tableShape } from "../../words/table.ts";
import { readKinds, readOldTags } from "../events/read-events.ts";
import { eventKinds } from "../events/ring-event.ts";
import { judgeNights } from "./judge-nights.ts";
import {
  describeLook,
  describeRareTags,
  describeUnjudged,
  listNothingFound,
  lookColumns,
  noteInfluences,
  sortFindings,
  summarizeInfluences,
} from "./summarize-influences.ts";

const limits = { maximumDays: 366, defaultDays: 180 };

const defaultOutcomes = ["sleep_score", "hrv", "resting_heart_rate"] as const satisfies readonly MetricId[];

export const influencesTool = defineTool({
  name: "oura_find_influences",
  title: "Ōura influences on sleep",
  description:
    "What goes with better or worse nights: tags, workouts, steps, active minutes, bedtime, earlier sleep and " +
    "weekends against sleep score, HRV, resting heart rate or other outcomes. Gives the differences that stand " +
    "out, corrected for many comparisons, and lists what does not. Association, no proof.",
  input: z.strictObject({
    outcomes: z
      .array(z.enum(outcomeIds))
      .min(1)
      .max(6)
      .optional()
      .describe(`At most 6. Default: ${defaultOutcomes.join(", ")}.`),
    start_date: rangeParams.start_date.describe("YYYY-MM-DD, today or yesterday. Default: 180 days up to end_date."),
    end_date: rangeParams.end_date.describe("Default: today. At most 366 days."),
    timezone: rangeParams.timezone,
  }),
  output: {
    ...tableShape,
    /** By outcome, the factors that are no finding. */
    nothing_found: z.record(z.string(), z.array(z.string())),
    /** The names of the wearer's custom tags, keyed by factor name. */
    wearer_text: z.record(z.string(), z.string()).optional(),
  },
  scopes: metricScopes(outcomeIds, "daily", "tag", "workout"),
  days: (input, calendar) => oneRange(input, calendar, limits),
  dayFields: ["start_date", "end_date"],
  reads: (input) => ({
    outcomes: readMetrics(outcomesOf(input), { daysBefore: 1 }),
    // Steps and bedtime are optional: factors of the day before, and the start of each night.
    before: readMetricsBeside(["steps", "bedtime"], outcomesOf(input), { daysBefore: 1 }),
    events: readKinds("part", habitKinds, daysBefore(1)),
    oldTags: readOldTags(habitKinds, daysBefore(1)),
  }),
  answer({ input, range, today, data, gaps }) {
    const documents = { ...data.before, ...data.outcomes };
    const ids = readableMetrics(outcomesOf(input), documents);
    const { events, oldTags } = data;
    const { influences, factors, nightsAtRest } = judgeNights(ids, { documents, events, oldTags }, range, today);
    gaps.add(...describeUnjudged(influences), ...describeRareTags(factors));
    return {
      summary: summarizeInfluences(influences, ids, range),
      columns: lookColumns,
      rows: sortFindings(influences).map(describeLook),
      nothing_found: listNothingFound(influences),
      ...(factors.ownTags.size > 0 ? { wearer_text: Object.fromEntries(factors.ownTags) } : {}),
      notes: noteInfluences({ influences, factors, nightsAtRest }, range),
    };
  },
});

/** The kinds of events that are factors: all but sessions. */
const habitKinds = eventKinds.filter((kind) => kind !== "session");

function outcomesOf({ outcomes = defaultOutcomes }: { outcomes?: readonly MetricId[] | undefined }): MetricId[] {
  return askedMetrics(outcomes);
}
