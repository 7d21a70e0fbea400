import * as z from "zod";
import { metricIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { metricScopes, metricsParamAsInTrends } from "../../question/metric-reads.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { round } from "../../words/present.ts";
import { circumstanceReads, createCircumstances } from "./circumstances.ts";
import { drawAnomalies } from "./draw-anomalies.ts";
import {
  describeForming,
  describeJourneys,
  describeRhythm,
  isAnyJudged,
  summarizeAnomalies,
} from "./summarize-anomalies.ts";
import { documentsOf, explainUnusual, historyReads, listedRuns, scanDays } from "./unusual-days.ts";

const limits = { maximumDays: 180, defaultDays: 30 };

export const anomaliesTool = defineTool({
  name: "oura_detect_anomalies",
  title: "Ōura unusual days",
  description:
    "Days that differ from the wearer's own past: single metrics, and several signs of strain together as in an " +
    "illness, with tags, hard workouts, journeys and rest mode before them. Slow changes: oura_get_trends.",
  input: z.strictObject({
    start_date: rangeParams.start_date.describe("Default: 30 days."),
    end_date: rangeParams.end_date.describe("Default: today. Up to 180 days."),
    timezone: unpublishedTimezone,
    metrics: metricsParamAsInTrends,
    sensitivity: z.enum(["low", "medium", "high"]).default("medium"),
  }),
  output: {
    together: z.array(z.object({ from: z.string(), to: z.string(), text: z.string() })),
    unusual: z.array(
      z.object({ metric: z.string(), from: z.string(), to: z.string(), sd: z.number(), text: z.string() }),
    ),
    /**
     * The number of values that would be flagged as unusual by chance if every day of the range were an ordinary day.
     */
    expected_on_ordinary_days: z.number(),
  },
  scopes: metricScopes(metricIds),
  partScopes: { workout: "hard workouts before an unusual day", tag: "tags before an unusual day" },
  hasPicture: true,
  days: (input, calendar) => oneRange(input, calendar, limits),
  dayFields: ["start_date", "end_date"],
  reads: ({ metrics: asked }) => ({ ...historyReads(asked), ...circumstanceReads }),
  answer({ input, range, today, data, gaps, draw }) {
    const { sensitivity } = input;
    const scan = scanDays(data, input.metrics, { range, today, sensitivity });
    const { found } = scan;
    draw?.(drawAnomalies(found, range));
    const forming = describeForming(found, gaps.unmeasurable.names);
    // If no metric could be judged, the summary says so in its own words.
    if (isAnyJudged(found)) gaps.add(...forming);
    else gaps.addUnnamed(...forming);
    const circumstances = createCircumstances(data, documentsOf(data).sleep ?? [], range);
    const { together, unusual, countOfRuns, foremost } = explainUnusual(scan, range, circumstances);
    const counts = { together: together.length, single: countOfRuns };
    return {
      summary: summarizeAnomalies(scan, range, sensitivity, counts, foremost),
      together,
      unusual,
      expected_on_ordinary_days: round(found.expectedFlags, 1) ?? 0,
      notes: [
        ...describeJourneys(found),
        ...describeRhythm(scan, range),
        ...(countOfRuns > listedRuns
          ? [
              `Only the ${listedRuns} most unusual of ${countOfRuns} spells are listed; ask for fewer days or metrics, or ` +
                "a lower sensitivity.",
            ]
          : []),
      ],
    };
  },
});
