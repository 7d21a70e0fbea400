import type { DayRange, IsoDay } from "../../analytics/day.ts";
import { findInfluences, type Influences } from "../../analytics/influences/influences.ts";
import { type MetricDocuments, readHistories } from "../../oura/metric-series.ts";
import type { MetricId } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { addOldTags, type EventsRead } from "../events/read-events.ts";
import { chooseFactors } from "./choose-factors.ts";
import { collectFactors, type Factors } from "./factors.ts";
import { leaveOutRestMode } from "./rest-mode.ts";

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
  { documents, events: read, oldTags }: NightData,
  { range, today, asked }: { range: DayRange; today: IsoDay; asked: readonly string[] | undefined },
): JudgedNights {
  const events = addOldTags(read, oldTags);
  const { factors, unknown } = chooseFactors(collectFactors({ documents, events, kinds: read.kinds }, range), asked);
  const histories = readHistories(outcomes, documents, today);
  const { outcomes: judged, nightsAtRest } = leaveOutRestMode(histories, events, range);
  return { influences: findInfluences(judged, factors.list, range), factors, nightsAtRest, unknown };
}
