import * as z from "zod";
import { type Anomalies, detectAnomalies } from "../../analytics/anomalies.ts";
import { baselineDays } from "../../analytics/baseline.ts";
import { countDays, dayNumber, isoDay } from "../../analytics/day.ts";
import { valueAt } from "../../analytics/series.ts";
import { strainMetrics } from "../../analytics/strain.ts";
import { historyDays, type MetricHistory } from "../../analytics/strained-nights.ts";
import { readHistories, readNightOffsets } from "../../oura/metric-series.ts";
import { type MetricId, metricIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import type { MissingEntry } from "../../question/gaps.ts";
import { askedMetrics, readableMetrics, readMetrics, readMetricsBeside } from "../../question/metric-reads.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { formatDay, joinSentences, round } from "../../words/present.ts";
import { circumstanceReads, createCircumstances } from "./circumstances.ts";
import { drawAnomalies } from "./picture.ts";
import { explainAlerts, explainFlags, groupRuns, mostExtreme, sayJourney, worstNight } from "./sentences.ts";

const limits = { maximumDays: 180, defaultDays: 30 };
/** What a usual range and what illness before it rest on. */
const reach = historyDays + baselineDays;
/** The most unusual runs an answer lists; more would fill a conversation with what chance alone gives. */
const listedRuns = 24;

export const anomaliesTool = defineTool({
  name: "oura_detect_anomalies",
  title: "Ōura unusual days",
  description:
    "Anything unusual, strange, weird, abnormal, odd or off in the numbers: days and nights that stood out from " +
    "the wearer's own past, each metric alone and warning signs (red flags) of strain together, explained. Am I " +
    "ill, getting sick, coming down with something; why was that day odd; abnormal temperature. No diagnosis.",
  input: z.strictObject({
    start_date: rangeParams.start_date.describe("First day. Default: 30 days up to end_date."),
    end_date: rangeParams.end_date.describe("Last day, included. Default: today. At most 180 days."),
    timezone: rangeParams.timezone,
    metrics: z.array(z.enum(metricIds)).min(1).optional().describe("Default: the ten everyday metrics."),
    sensitivity: z.enum(["low", "medium", "high"]).default("medium").describe("low names few days, high many."),
  }),
  output: {
    together: z.array(z.object({ from: z.string(), to: z.string(), text: z.string() })),
    unusual: z.array(
      z.object({ metric: z.string(), from: z.string(), to: z.string(), sd: z.number(), text: z.string() }),
    ),
    expected_by_chance: z.number(),
  },
  scopes: ["daily", "spo2", "stress", "workout", "tag"],
  hasPicture: true,
  days: (input, calendar) => oneRange(input, calendar, limits),
  tells: ["start_date", "end_date"],
  reads: ({ metrics: asked }) => ({
    asked: readMetrics(askedMetrics(asked), { daysBefore: reach }),
    // Illness leaves later baselines of every metric, so the strain metrics are read whatever is asked about.
    strain: readMetricsBeside(strainMetrics, askedMetrics(asked), { daysBefore: reach }),
    ...circumstanceReads,
  }),
  answer({ input, range, today, data, gaps, draw }) {
    const documents = { ...data.strain, ...data.asked };
    const ids = readableMetrics(askedMetrics(input.metrics), documents);
    const readable = [...new Set([...ids, ...readableMetrics(strainMetrics, documents)])];
    const histories = readHistories(readable, documents, today);
    const found = detectAnomalies({
      histories,
      asked: ids,
      range,
      sensitivity: input.sensitivity,
      offsets: readNightOffsets(documents.sleep ?? []),
    });
    draw?.(drawAnomalies(found, range));
    gaps.add(...describeForming(found, gaps.unmeasurable.names));
    const circumstances = createCircumstances(data);
    const spells = groupRuns(found.alerts, () => 1);
    const together = spells.map((alerts) => ({
      from: alerts[0]?.run.start ?? range.start,
      to: alerts[0]?.run.end ?? range.end,
      text: explainAlerts(alerts, circumstances, (id, day) => {
        const history = histories.find(({ metric }) => metric === id);
        return history ? valueAt(history.series, dayNumber(day)) : null;
      }),
    }));
    const runs = found.metrics.flatMap(({ metric, flags }) =>
      groupRuns(flags, ({ z: size }) => size).map((run) => {
        const id = metric as MetricId; // the histories above are named by catalogue ids
        const peak = mostExtreme(run);
        const text = explainFlags(id, run, circumstances);
        return { metric: id, from: peak.run.start, to: peak.run.end, sd: round(peak.z, 1) ?? 0, text };
      }),
    );
    const bySize = runs.toSorted((one, other) => Math.abs(other.sd) - Math.abs(one.sd));
    const listed = new Set(bySize.slice(0, listedRuns));
    const unusual = runs.filter((run) => listed.has(run));
    const worst = spells.length === 0 ? null : worstNight(spells.map(worstNight));
    const foremost = together.find(({ from }) => from === worst?.run.start) ?? bySize[0];
    const expected = round(found.expectedFlags, 1) ?? 0;
    return {
      summary: joinSentences(
        `${formatDay(range.start)} to ${formatDay(range.end)} (${countDays(range)} days, sensitivity ${input.sensitivity}):`,
        ...(found.metrics.every(({ chance }) => chance.scoredDays === 0)
          ? [
              `cannot be said yet; 14 earlier measured days are needed to know what is usual (so far ${countMostMeasured(histories)}).`,
            ]
          : [
              sayFound(together.length, runs.length),
              `Chance alone would flag about ${expected} days of single metrics; ${sayFlagged(found)}.`,
              foremost?.text ?? null,
              "Unusual is not ill: this is no diagnosis.",
            ]),
      ),
      together,
      unusual,
      expected_by_chance: expected,
      notes: [
        ...describeJourneys(found),
        ...(runs.length > listedRuns
          ? [
              `Only the ${listedRuns} most unusual of ${runs.length} spells are listed; ask for fewer days or metrics, or ` +
                "a lower sensitivity.",
            ]
          : []),
      ],
    };
  },
});

/** Measured days of the metric that has most. */
function countMostMeasured(histories: readonly MetricHistory[]): number {
  const counts = histories.map(({ series }) => series.values.filter((value) => value !== null).length);
  return Math.max(0, ...counts);
}

function sayFound(together: number, single: number): string {
  if (together + single === 0) return "nothing unusual.";
  const spells = (count: number) => `${count} unusual ${count === 1 ? "spell" : "spells"}`;
  const parts = [
    together > 0 ? `${spells(together)} of several signs of strain together` : null,
    single > 0 ? `${spells(single)} of a single metric` : null,
  ].filter((part) => part !== null);
  return `${parts.join(" and ")}.`;
}

/** What was flagged against what chance gives: two standard deviations of a count decide what is said. */
function sayFlagged({ metrics: scanned, expectedFlags }: Anomalies): string {
  const flagged = scanned.reduce((sum, { flags }) => sum + flags.length, 0);
  const more = flagged > expectedFlags + 2 * Math.sqrt(expectedFlags);
  return `${flagged} ${flagged === 1 ? "was" : "were"}, ${more ? "more than chance gives" : "no more than chance gives"}`;
}

/** Metrics whose days could not be judged, for want of values or of history. */
function describeForming({ metrics: scanned }: Anomalies, unmeasurable: ReadonlySet<string>): MissingEntry[] {
  const silent = scanned.filter(({ metric, chance }) => chance.scoredDays === 0 && !unmeasurable.has(metric));
  const entry = (scannedOnes: typeof silent, detail?: string): MissingEntry[] =>
    scannedOnes.length === 0
      ? []
      : [
          {
            what: scannedOnes.map(({ metric }) => metric).join(", "),
            reason: "unavailable",
            ...(detail === undefined ? {} : { detail }),
          },
        ];
  return [
    ...entry(
      silent.filter(({ formingDays }) => formingDays > 0),
      "too little history to say what is usual: 14 earlier days are needed",
    ),
    ...entry(silent.filter(({ formingDays }) => formingDays === 0)),
  ];
}

function describeJourneys({ journeys, metrics: scanned, alertsSetAside }: Anomalies): string[] {
  if (journeys.length === 0) return [];
  const aside = scanned.reduce((sum, { setAside }) => sum + setAside.length, 0) + alertsSetAside.length;
  const said = journeys.map(({ day, fromOffsetMinutes, toOffsetMinutes }) =>
    sayJourney(isoDay(day), fromOffsetMinutes, toOffsetMinutes),
  );
  return [
    `Travel: ${said.join("; ")}.${aside > 0 ? ` ${aside} unusual figures of those nights are explained by it and not listed.` : ""}`,
  ];
}
