import { type Anomalies, detectAnomalies } from "../../analytics/anomalies.ts";
import { baselineDays } from "../../analytics/baseline.ts";
import { type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import type { Sensitivity } from "../../analytics/sensitivity.ts";
import { type DailySeries, valueAt } from "../../analytics/series.ts";
import { type StrainMetric, strainMetrics } from "../../analytics/strain.ts";
import { historyDays, type MetricHistory } from "../../analytics/strained-nights.ts";
import { findTemperatureRhythm, type TemperatureRhythm } from "../../analytics/temperature-rhythm.ts";
import { type MetricDocuments, readHistories, readNightOffsets } from "../../oura/metric-series.ts";
import type { MetricId } from "../../oura/metrics.ts";
import { askedMetrics, readableMetrics, readMetrics, readMetricsBeside } from "../../question/metric-reads.ts";
import { round } from "../../words/present.ts";
import type { Circumstances } from "./circumstances.ts";
import { explainAlerts, explainFlags, groupRuns, mostExtreme, worstNight } from "./sentences.ts";

/**
 * The days before the range that are read. Days of illness are searched for in the range and in the 120 days before it
 * (`historyDays`). The 60 days before those 120 days (`baselineDays`) show what was usual.
 */
const reach = historyDays + baselineDays;
/**
 * An answer lists at most this many runs (neighbouring unusual days), the most unusual ones, because a long list would
 * fill the conversation.
 */
export const listedRuns = 24;

/**
 * Reads the requested metrics and also the metrics that show strain on the body, each with the days before the range.
 * The metrics that show strain are needed to find days of illness, because days of illness are left out of the usual
 * range of every metric.
 */
export function historyReads(asked: readonly MetricId[] | undefined) {
  return {
    asked: readMetrics(askedMetrics(asked), { daysBefore: reach, daysAreGaps: true }),
    strain: readMetricsBeside(strainMetrics, askedMetrics(asked), { daysBefore: reach }),
  };
}

interface HistoryData {
  asked: MetricDocuments;
  strain: MetricDocuments;
}

export function documentsOf({ asked, strain }: HistoryData): MetricDocuments {
  return { ...strain, ...asked };
}

export interface Scan {
  found: Anomalies;
  histories: MetricHistory[];
  /** Null when the skin temperature was not read. */
  rhythm: TemperatureRhythm | null;
}

export function scanDays(
  { asked, strain }: HistoryData,
  metrics: readonly MetricId[] | undefined,
  { range, today, sensitivity }: { range: DayRange; today: IsoDay; sensitivity: Sensitivity },
): Scan {
  const documents = documentsOf({ asked, strain });
  const ids = readableMetrics(askedMetrics(metrics), documents);
  const readable = [...new Set([...ids, ...readableMetrics(strainMetrics, documents)])];
  const histories = readHistories(readable, documents, today);
  const offsets = readNightOffsets(documents.sleep ?? []);
  const temperature = histories.find(({ metric }) => metric === ("temperature_deviation" satisfies StrainMetric));
  return {
    histories,
    found: detectAnomalies({ histories, asked: ids, range, sensitivity, offsets }),
    rhythm: temperature ? findTemperatureRhythm(upTo(range.end, temperature.series)) : null,
  };
}

/** Leaves out the days after `end`, because later days must not change what an answer says about earlier days. */
function upTo(end: IsoDay, { firstDay, values }: DailySeries): DailySeries {
  return { firstDay, values: values.slice(0, Math.max(0, dayNumber(end) - firstDay + 1)) };
}

/**
 * Returns sentences about runs (neighbouring unusual days). Some sentences are about several metrics together, and the
 * others are about a single metric. The most unusual run is also returned separately, because the summary names it.
 */
export function explainUnusual({ found, histories, rhythm }: Scan, range: DayRange, circumstances: Circumstances) {
  const spells = groupRuns(found.alerts, () => 1);
  const together = spells.map((alerts) => ({
    from: alerts[0]?.run.start ?? range.start,
    to: alerts[0]?.run.end ?? range.end,
    text: explainAlerts(
      alerts,
      circumstances,
      (id, day) => {
        const history = histories.find(({ metric }) => metric === id);
        return history ? valueAt(history.series, dayNumber(day)) : null;
      },
      rhythm,
    ),
  }));
  const runs = found.metrics.flatMap(({ metric, flags }) =>
    groupRuns(flags, ({ z: size }) => size).map((run) => {
      const id = metric as MetricId; // the metric of a history is always an id of the catalogue
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
  return { together, unusual, countOfRuns: runs.length, foremost: foremost?.text ?? null };
}
