import { type DayRange, dayAtOffset, formatDays, type IsoDay, listDays } from "../analytics/day.ts";
import { type WearTime, wasPartlyOff } from "../oura/wear.ts";
import type { DayDocumentsOf } from "./gaps.ts";

/** Before this hour of the evening, today's time off the finger says nothing about the day. */
const eveningFrom = 18;
/** The most days that a note lists. */
const mostDays = 10;

interface Asking {
  today: IsoDay;
  /** Epoch ms. */
  now: number;
  /** The wearer's UTC offset. */
  offsetMinutes: number;
}

/**
 * Names the days on which the ring was off for four to twelve hours: what the day counted is less than what it was.
 * Null when there are none. Of today it is said only in the evening.
 */
export function describePartWear(
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
  asking: Asking,
): string | null {
  const found = [...new Set(ranges.flatMap(listDays))].toSorted().flatMap((day) => {
    if (day >= asking.today && !(day === asking.today && isEvening(asking))) return [];
    const hours = hoursOff(day, documentsOf);
    return hours === null ? [] : [{ day, hours }];
  });
  const listed = found.slice(-mostDays);
  const before = listed.filter(({ day }) => day !== asking.today);
  const parts = Array.from(
    Map.groupBy(before, ({ hours }) => hours),
    ([hours, days]) => `${24 - hours} of 24 hours on ${formatDays(days.map(({ day }) => day))}`,
  );
  const more = found.length - listed.length;
  const sentences = [
    parts.length === 0 ? null : `Worn ${parts.join("; ")}${more > 0 ? `; and part of ${more} earlier days` : ""}.`,
    ...listed.filter(({ day }) => day === asking.today).map(({ hours }) => `Today not worn for ${hours} hours so far.`),
  ].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(" ");
}

/** Whole hours off the finger of a day that was worn in part; null for other days. */
function hoursOff(day: IsoDay, documentsOf: DayDocumentsOf): number | null {
  const document = documentsOf("daily_activity", day)?.at(-1) ?? documentsOf("daily_stress", day)?.at(-1);
  if (document === undefined || !("non_wear_time" in document)) return null;
  const wear = document as WearTime; // documents of the two routes that hold it
  return wasPartlyOff(wear) ? Math.round((wear.non_wear_time ?? 0) / 3600) : null;
}

function isEvening({ now, offsetMinutes, today }: Asking): boolean {
  const hour = Math.floor((now / 60_000 + offsetMinutes) / 60) % 24;
  return dayAtOffset(now, offsetMinutes) === today && hour >= eveningFrom;
}
