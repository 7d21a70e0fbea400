import type { OuraDocument } from "../../oura/routes.ts";
import { readMetrics } from "../../question/metric-reads.ts";
import {
  byDay,
  type DataOf,
  type Declared,
  daysBefore,
  essential,
  nothing,
  other,
  support,
} from "../../question/reads.ts";
import { defaultDays } from "./groupings.ts";
import { leastDaysForRings } from "./notes.ts";
import { type Pattern, patternDays, usualSleepDays } from "./sleep-patterns.ts";
import { readAsked, type StatisticsInput } from "./statistics-input.ts";

export function statisticsReads(input: StatisticsInput) {
  const { pattern } = input;
  const isRegularity = pattern === "regularity";
  return {
    documents: pattern === undefined ? metricReads(input) : nothing,
    sleep: sleepReads(pattern),
    phases: isRegularity ? essential(byDay("sleep_with_series", { figures: [nightFigure] })) : nothing,
    wear: isRegularity ? { ...support(byDay("daily_activity")), loss: null } : nothing,
    rings: mayReachBack(input) ? ringReads() : nothing,
  };
}

function metricReads(input: StatisticsInput) {
  const { ids, includeToday } = readAsked(input);
  return readMetrics(ids, { daysAreGaps: true, countsToday: includeToday });
}

export type StatisticsData = DataOf<ReturnType<typeof statisticsReads>>;

const nightFigure = {
  name: "sleep",
  on: ([day]: readonly { night: object | null }[]) => day?.night ?? null,
};

/**
 * Whether the question may cover 60 days (`leastDaysForRings`) or more. Only then can the answer have a note on new
 * rings.
 */
function mayReachBack({ start_date, last_days, group_by = "none", pattern }: StatisticsInput): boolean {
  const byDefault = pattern === undefined ? defaultDays[group_by] : patternDays[pattern].default;
  return start_date !== undefined || (last_days ?? byDefault) >= leastDaysForRings;
}

/**
 * Only the note on new rings needs the account's rings. If they cannot be read, or if the wearer did not permit reading
 * them, the answer has no such note.
 */
function ringReads(): Declared<OuraDocument<"ring_configuration">[] | null, "ring_configuration"> {
  return { ...support(other("ring_configuration", "rings", (reader) => reader.readRings())), loss: null };
}

function sleepReads(pattern: Pattern | undefined) {
  if (pattern === undefined || pattern === "regularity") return nothing;
  const over = pattern === "sleep_shortfall" ? { over: daysBefore(usualSleepDays) } : {};
  return essential(byDay("sleep", { ...over, figures: [nightFigure] }));
}
