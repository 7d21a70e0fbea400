import type { HeartRateDay } from "../../analytics/intraday/heart-rate.ts";
import { describeRingLimit, type MissingEntry } from "../../question/gaps.ts";
import { type RingLimit, unknownRingDetail } from "../../question/ring-limits.ts";
import { findSilentDays, findSilentHours, type Hours, reasonForStretch } from "./heart-rate-gaps.ts";

interface AsksRing {
  findRingLimit(): Promise<RingLimit>;
}

/** Oura's names for the sources of heart-rate readings in the daytime. The other sources are sleep and rest. */
const daytimeSources = ["awake", "workout", "session", "live"];

/**
 * Returns the entries of the answer's `missing` list for hours without heart-rate readings. If the wearer's ring
 * measures heart rate only during sleep, an entry states that the daytime cannot have readings.
 */
export async function explainSilence(
  { findRingLimit }: AsksRing,
  day: HeartRateDay,
  hours: Hours,
  isLong: boolean,
): Promise<MissingEntry[]> {
  const silent = isLong ? findSilentDays(hours) : findSilentHours(day, hours);
  const isNightOnly = !day.bySource.some(({ source }) => daytimeSources.includes(source));
  if (!isNightOnly || (silent.length === 0 && !isLong)) return silent;
  const limit = await findRingLimit();
  const withoutRing = day.total === null ? describeRingLimit("heart_rate", limit) : null;
  if (withoutRing) return [withoutRing]; // the reason is the ring, not a missing sync
  if (limit !== "third_generation_only" && limit !== "unknown") return silent;
  const daytime: MissingEntry =
    limit === "unknown"
      ? { what: "heart_rate outside sleep", reason: "unavailable", detail: unknownRingDetail }
      : { what: "heart_rate outside sleep", reason: "not_supported" };
  return isLong ? [daytime, ...silent] : [daytime]; // within one day, `daytime` covers all gaps
}

/** Returns the entries of the answer's `missing` list for an interval without any heart-rate reading. */
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
  return isLong ? findSilentDays(hours) : [{ what: "heart_rate", reason: reasonForStretch(hours.interval, hours) }];
}
