import * as z from "zod";
import { overlapOf } from "../../analytics/influences/factor.ts";
import { falseDiscoveryRate, findInfluences, type Influences } from "../../analytics/influences/influences.ts";
import { readHistories } from "../../oura/metric-series.ts";
import type { MetricId } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import type { MissingEntry } from "../../question/gaps.ts";
import { askedMetrics, readableMetrics, readMetrics, readMetricsBeside } from "../../question/metric-reads.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { daysBefore } from "../../question/reads.ts";
import { formatDay, formatList } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { addOldTags, readKinds, readOldTags } from "../events/read-events.ts";
import { eventKinds } from "../events/ring-event.ts";
import { collectFactors, type Factors } from "./factors.ts";
import { leaveOutRestMode } from "./rest-mode.ts";
import { describeLook, describeUnjudged, foundFirst, listNothingFound, lookColumns, summarize } from "./summarize.ts";

const limits = { maximumDays: 366, defaultDays: 180 };

/** Metrics of the night, where what came before can be told from what came after. */
const outcomeIds = [
  "sleep_score",
  "readiness_score",
  "resting_heart_rate",
  "hrv",
  "total_sleep",
  "temperature_deviation",
  "breathing_rate",
  "sleep_efficiency",
  "spo2",
  "deep_sleep",
  "rem_sleep",
  "latency",
] as const satisfies readonly MetricId[];
const defaultOutcomes = ["sleep_score", "hrv", "resting_heart_rate"] as const;

/** Two factors whose nights correlate this much are named as falling together. */
const notableOverlap = 0.4;

export const influencesTool = defineTool({
  name: "oura_find_influences",
  title: "Ōura influences on sleep",
  description:
    "What helps, hurts or affects nights and recovery: is there a link, what is behind it, which habits go with " +
    "it, does it do anything to me. Tags (alcohol, coffee, late meal), workouts, steps, bedtime, the sleep before " +
    "and weekends against sleep score, HRV or resting heart rate; corrected for many looks. Association, no " +
    "proof.",
  input: z.strictObject({
    outcomes: z
      .array(z.enum(outcomeIds))
      .min(1)
      .max(6)
      .optional()
      .describe("Default: sleep_score, hrv, resting_heart_rate."),
    start_date: rangeParams.start_date.describe("First day. Default: 180 days up to end_date."),
    end_date: rangeParams.end_date.describe("Default: today. At most 366 days."),
    timezone: rangeParams.timezone,
  }),
  output: {
    ...tableShape,
    /** By outcome, the factors that did not stand out. */
    nothing_found: z.record(z.string(), z.array(z.string())),
    /** What the wearer calls their own tags, by the factor each stands under. */
    wearer_text: z.record(z.string(), z.string()).optional(),
  },
  scopes: ["daily", "tag", "workout", "spo2"],
  days: (input, calendar) => oneRange(input, calendar, limits),
  tells: ["start_date", "end_date"],
  reads: (input) => ({
    outcomes: readMetrics(outcomesOf(input), { daysBefore: 1 }),
    // Steps and bedtime are read where they may be, for the days before and to know when nights began.
    before: readMetricsBeside(["steps", "bedtime"], outcomesOf(input), { daysBefore: 1 }),
    events: readKinds("part", habitKinds, daysBefore(1)),
    oldTags: readOldTags(habitKinds, daysBefore(1)),
  }),
  answer({ input, range, today, data, gaps }) {
    const documents = { ...data.before, ...data.outcomes };
    const ids = readableMetrics(outcomesOf(input), documents);
    const events = addOldTags(data.events, data.oldTags);
    const factors = collectFactors({ documents, events, kinds: data.events.kinds }, range);
    const { outcomes, nightsAtRest } = leaveOutRestMode(readHistories(ids, documents, today), events, range);
    const influences = findInfluences(outcomes, factors.list, range);
    gaps.add(...describeUnjudged(influences), ...describeRareTags(factors));
    return {
      summary: summarize(influences, ids, `${formatDay(range.start)} to ${formatDay(range.end)}`),
      columns: lookColumns,
      rows: foundFirst(influences).map(describeLook),
      nothing_found: listNothingFound(influences),
      ...(factors.ownTags.size > 0 ? { wearer_text: Object.fromEntries(factors.ownTags) } : {}),
      notes: [
        `difference: nights with minus nights without (of an amount: above minus below its median), weekends, drift, the night before and other finds of the same outcome taken out; low to high: its 95 % interval. q: share of false finds to expect; ${falseDiscoveryRate} or less is listed. A night without a tag counts as without it.`,
        ...(nightsAtRest > 0 ? [`${nightsAtRest} nights in rest mode are left out.`] : []),
        ...sayOverlaps(influences, factors, range),
        ...(factors.ownTags.size > 0 ? [wearerTextNote] : []),
      ],
    };
  },
});

/** What may go with a night; sessions are no factor. */
const habitKinds = eventKinds.filter((kind) => kind !== "session");

function outcomesOf({ outcomes = defaultOutcomes }: { outcomes?: readonly MetricId[] | undefined }): MetricId[] {
  return askedMetrics(outcomes);
}

function describeRareTags({ rareTags, rareOwnTags, tagsLeftOut }: Factors): MissingEntry[] {
  const rare = [
    ...rareTags.map((name) => `tag ${name}`),
    ...(rareOwnTags > 0 ? [`${rareOwnTags} of the wearer's own tags`] : []),
  ];
  const entry = (what: string, detail: string): MissingEntry => ({ what, reason: "unavailable", detail });
  return [
    ...(rare.length > 0 ? [entry(rare.slice(0, 12).join(", "), "used on fewer than 5 days")] : []),
    ...(tagsLeftOut > 0 ? [entry(`${tagsLeftOut} more tags`, "only the 12 most used are looked at")] : []),
  ];
}

/** Finds that mostly fall on the same nights as another of their outcome, or as what they may stand in the place of. */
function sayOverlaps(
  { looks, displaced }: Influences,
  { list }: Factors,
  range: Parameters<typeof overlapOf>[2],
): string[] {
  const found = foundFirst({ looks });
  const pairs = found.flatMap((one, index) =>
    [...found.slice(index + 1), ...displaced].flatMap((other) => {
      const [left, right] = [one, other].map(({ factor }) => list.find(({ name }) => name === factor));
      const isPair = one.outcome === other.outcome && left && right;
      return isPair && Math.abs(overlapOf(left, right, range)) >= notableOverlap
        ? [`${left.name} and ${right.name}`]
        : [];
    }),
  );
  const distinct = [...new Set(pairs)];
  return distinct.length === 0
    ? []
    : [`These often fall on the same nights, so their parts cannot be told apart: ${formatList(distinct)}.`];
}
