import type { DayRange, IsoDay } from "../../analytics/day.ts";
import { findInfluences, type Influences } from "../../analytics/influences/influences.ts";
import { type MetricDocuments, readHistories } from "../../oura/metric-series.ts";
import type { MetricId } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { readMetrics, readMetricsBeside } from "../../question/metric-reads.ts";
import { daysBefore } from "../../question/reads.ts";
import { addOldTags, type EventsRead, readKinds, readOldTags } from "../events/read-events.ts";
import { eventKinds, type RingEvent } from "../events/ring-event.ts";
import { chooseFactors } from "./choose-factors.ts";
import { collectFactors, type Factors } from "./factors.ts";
import { leaveOutRestMode } from "./rest-mode.ts";

/** The kinds of events that are factors: all but sessions. */
const habitKinds = eventKinds.filter((kind) => kind !== "session");

/**
 * What is read for a question about outcomes and what came before them.
 * @param reach Days before the range: one for the evening before the first night, more for what was usual before an event.
 */
export function nightReads(outcomes: readonly MetricId[], reach: number) {
  return {
    outcomes: readMetrics(outcomes, { daysBefore: reach }),
    // Steps and bedtime are optional: factors of the day before, and the start of each night.
    before: readMetricsBeside(["steps", "bedtime"], outcomes, { daysBefore: reach }),
    events: readKinds("part", habitKinds, daysBefore(1)),
    oldTags: readOldTags(habitKinds, daysBefore(1)),
  };
}

/** The events that were read, each once. */
export function eventsOf({ events, oldTags }: Pick<NightData, "events" | "oldTags">): RingEvent[] {
  return addOldTags(events, oldTags);
}

interface NightData {
  documents: MetricDocuments;
  events: EventsRead;
  oldTags: readonly OuraDocument<"tag">[] | null;
}

/** The associations, the factors compared, and the number of nights in rest mode, which are left out. */
export interface JudgedNights {
  influences: Influences;
  factors: Factors;
  nightsAtRest: number;
  /** Names of the question that are no factor. */
  unknown: readonly string[];
}

/** Compares the outcomes of each night with the factors before it, without the nights in rest mode. */
export function judgeNights(
  outcomes: readonly MetricId[],
  { documents, ...read }: NightData,
  { range, today, asked }: { range: DayRange; today: IsoDay; asked: readonly string[] | undefined },
): JudgedNights {
  const events = eventsOf(read);
  const { factors, unknown } = chooseFactors(
    collectFactors({ documents, events, kinds: read.events.kinds }, range),
    asked,
  );
  const histories = readHistories(outcomes, documents, today);
  const { outcomes: judged, nightsAtRest } = leaveOutRestMode(histories, events, range);
  return { influences: findInfluences(judged, factors.list, range), factors, nightsAtRest, unknown };
}
