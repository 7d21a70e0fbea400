import type { DayRange, IsoDay } from "../../analytics/day.ts";
import type { Factor } from "../../analytics/influences/factor.ts";
import { type FactorComparison, findInfluences, type Influences } from "../../analytics/influences/influences.ts";
import { overlapMuch } from "../../analytics/influences/overlap.ts";
import { type MetricDocuments, readHistories } from "../../oura/metric-series.ts";
import type { MetricId, OutcomeId } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { readMetrics, readMetricsBeside } from "../../question/metric-reads.ts";
import { addOldTags, type EventsRead, readKinds, readOldTags } from "../../question/read-events.ts";
import { byDay, daysBefore, nothing, part } from "../../question/reads.ts";
import { eventKinds, type RingEvent } from "../../question/ring-event.ts";
import { asksStress, type ChosenFactors, chooseFactors } from "./choose-factors.ts";
import { collectFactors, type Factors } from "./factors.ts";
import { leaveOutRestMode } from "./rest-mode.ts";

/** Every kind of event except sessions is a factor (a thing that may influence a night). */
const habitKinds = eventKinds.filter((kind) => kind !== "session");

/**
 * What to read for a question about outcomes (metrics of a night, such as HRV) and about what came before each night.
 * @param asked The factors that the question names. Stress is read if they include stress, or if the question names no
 * factor
 * @param reach How many days before the range are read. One day is enough to know the evening before the first night.
 * More days are needed to know what was usual before an event
 */
export function nightReads(outcomes: readonly OutcomeId[], reach: number, asked?: readonly string[]) {
  const stress = byDay("daily_stress", { over: daysBefore(reach), figures: [{ name: "stress_high" }] });
  return {
    outcomes: readMetrics(outcomes, { daysBefore: reach }),
    // Two of the factors are the steps of the day before a night and the bedtime of the night. If the steps or the
    // bedtime cannot be read, the other factors are still compared.
    before: readMetricsBeside(["steps", "bedtime"], outcomes, { daysBefore: reach }),
    stress: asksStress(asked) ? part(stress) : nothing,
    events: readKinds("part", habitKinds, daysBefore(1)),
    oldTags: readOldTags(habitKinds, daysBefore(1)),
  };
}

/** Joins the events with the tags in Oura's older form. If Oura serves a tag in both forms, it appears only once. */
export function eventsOf({ events, oldTags }: Pick<NightData, "events" | "oldTags">): RingEvent[] {
  return addOldTags(events, oldTags);
}

interface NightData {
  documents: MetricDocuments;
  events: EventsRead;
  oldTags: readonly OuraDocument<"tag">[] | null;
}

/** `nightsAtRest` counts the nights in rest mode, which are left out of the comparisons. */
export interface JudgedNights extends ChosenFactors {
  influences: Influences;
  nightsAtRest: number;
}

/**
 * Compares the outcomes of each night (metrics such as HRV) with what came before the night (factors such as a tag).
 * Nights in rest mode are left out.
 */
export function judgeNights(
  outcomes: readonly MetricId[],
  { documents, ...read }: NightData,
  { range, today, asked }: { range: DayRange; today: IsoDay; asked: readonly string[] | undefined },
): JudgedNights {
  const events = eventsOf(read);
  const chosen = chooseFactors(collectFactors({ documents, events, kinds: read.events.kinds }, range), asked);
  const { factors } = chosen;
  const histories = readHistories(outcomes, documents, today);
  const { outcomes: judged, nightsAtRest } = leaveOutRestMode(histories, events, range);
  const influences = setTurnedAside(findInfluences(judged, factors.list, range), factors, range);
  return { ...chosen, influences, nightsAtRest };
}

/**
 * Sets aside findings (associations of an outcome, such as HRV, with a factor, such as a tag) that contradict the plain
 * means. A finding is set aside if both conditions hold:
 * 1. The adjusted difference and the difference of the plain means have opposite signs.
 * 2. The factor mostly occurs on the same nights as another factor found for the same outcome.
 *
 * For example, a week of night shifts means a late bedtime on every night. After adjustment for bedtime, the shifts may
 * seem to improve sleep, although sleep was worse on all these nights.
 */
function setTurnedAside(influences: Influences, { list }: Factors, range: DayRange): Influences {
  const factorOf = (name: string): Factor | undefined => list.find((factor) => factor.name === name);
  const isTurned = (comparison: FactorComparison): boolean => {
    const { meanWith, meanWithout, difference } = comparison.estimate;
    const factor = factorOf(comparison.factor);
    if (!comparison.isFound || factor === undefined || (meanWith - meanWithout) * difference >= 0) return false;
    return influences.comparisons.some((other) => {
      const beside = factorOf(other.factor);
      const isOther = other.isFound && other.outcome === comparison.outcome && other.factor !== comparison.factor;
      return isOther && beside !== undefined && overlapMuch(factor, beside, range);
    });
  };
  const turned = influences.comparisons.filter(isTurned);
  return {
    ...influences,
    comparisons: influences.comparisons.filter((comparison) => !turned.includes(comparison)),
    unjudged: [
      ...influences.unjudged,
      ...turned.map(({ outcome, factor, estimate: { nWith, nWithout } }) => ({
        outcome,
        factor,
        result: { kind: "cannot_tell_apart" as const, nWith, nWithout },
      })),
    ],
  };
}
