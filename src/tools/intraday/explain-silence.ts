import type { HeartRateDay } from "../../analytics/intraday/heart-rate.ts";
import type { Gaps } from "../../question/gaps.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { describeRingLimit, type RingLimit, unknownRingDetail } from "../../question/ring-limits.ts";
import type { SummarizedDay } from "./heart-rate-figures.ts";
import { createReasons, findSilentDays, findSilentHours, type Hours } from "./heart-rate-gaps.ts";
import { findPartlySilentDays } from "./partly-silent-days.ts";

interface AsksRing {
  findRingLimit(): Promise<RingLimit>;
}

interface AddsGaps extends AsksRing {
  gaps: Pick<Gaps, "add" | "addUnnamed">;
}

/** Oura's names for the sources of heart-rate readings in the daytime. The other sources are sleep and rest. */
const daytimeSources = ["awake", "workout", "session", "live"];

/**
 * If the wearer's ring measures heart rate only during sleep, an entry of the answer's `missing` list states that the
 * daytime cannot have readings. The summary mentions this entry. It does not mention the entries about other times
 * without readings, because such times are common.
 * @param byDay The days of a long range. Null for a range of few days, whose gaps are named with clock times.
 */
export async function explainSilence(
  { findRingLimit, gaps }: AddsGaps,
  day: HeartRateDay,
  hours: Hours,
  byDay: readonly SummarizedDay[] | null,
): Promise<void> {
  const isLong = byDay !== null;
  const silent = isLong ? findSilentDays(hours) : findSilentHours(day, hours);
  const partlySilent = isLong ? findPartlySilentDays(byDay, hours) : [];
  const isNightOnly = !day.bySource.some(({ source }) => daytimeSources.includes(source));
  if (!isNightOnly || (silent.length === 0 && !isLong)) return gaps.addUnnamed(...silent, ...partlySilent);
  const limit = await findRingLimit();
  const withoutRing = day.total === null ? describeRingLimit("heart_rate", limit) : null;
  if (withoutRing) return gaps.add(withoutRing); // the reason is the ring, not a missing sync
  if (limit !== "third_generation_only" && limit !== "unknown") return gaps.addUnnamed(...silent, ...partlySilent);
  gaps.add(
    limit === "unknown"
      ? { what: "heart_rate outside sleep", reason: "unavailable", detail: unknownRingDetail }
      : { what: "heart_rate outside sleep", reason: "not_supported" },
  );
  if (isLong) gaps.addUnnamed(...silent); // the entry about the daytime covers the gaps within a day
}

export async function explainNothing(
  { findRingLimit }: AsksRing,
  hours: Hours,
  isLong: boolean,
): Promise<MissingEntry[]> {
  if (hours.hasOddReadings) return [{ what: "heart_rate", reason: "unavailable" }];
  const limit = await findRingLimit();
  const withoutRing = describeRingLimit("heart_rate", limit);
  if (withoutRing) return [withoutRing];
  if (limit === "third_generation_only") return [{ what: "heart_rate", reason: "not_supported" }];
  return isLong ? findSilentDays(hours) : [{ what: "heart_rate", reason: createReasons(hours)(hours.interval) }];
}
