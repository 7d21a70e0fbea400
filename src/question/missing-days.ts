import { type DayRange, formatDays, type IsoDay, isWithin, listDays } from "../analytics/day.ts";
import type { MissingEntry } from "./missing-entries.ts";
import type { MissingReason } from "./missing-reasons.ts";

export interface MissingDays {
  add(what: string, day: IsoDay, reason: MissingReason, detail?: string): void;
  /**
   * The entry with the most days comes first. Values that are missing on the same days for the same reason share one
   * entry.
   */
  entries(): MissingEntry[];
  /**
   * Returns entries for values that are missing on more than half of the days of a period. A mean of the period, for
   * example, then says little about the value. If a value is missing on every day of the answer, its entry does not
   * list the days. A reason gets no entry if it explains only a few of the days on which the value is missing.
   * @param isLeftOut Whether the answer leaves a value out on a day, as it does with today's steps. Such days do not
   * count, unless the period has no other days.
   */
  entriesOfMostDays(isLeftOut: (what: string, day: IsoDay) => boolean): MissingEntry[];
}

/** A reason is left out if it explains at most this share of the days on which a value is missing. */
const leastShare = 0.2;

interface FoundDays extends Omit<MissingEntry, "days"> {
  days: IsoDay[];
}

/**
 * Days on which the same value is missing for the same reason share one entry of the answer's `missing` list.
 * @param periods The periods of the answer. With two or more periods, each period gets its own entries.
 * @param format Returns the days of an entry as text
 */
export function createMissingDays(
  periods: readonly DayRange[] = [],
  format: (days: readonly IsoDay[]) => string = formatDays,
): MissingDays {
  const found = new Map<string, FoundDays>();

  function toEntries(list: readonly FoundDays[]): MissingEntry[] {
    const byLength = list.toSorted((left, right) => right.days.length - left.days.length);
    const merged = new Map<string, MissingEntry>();
    for (const { what, days, ...why } of byLength) {
      for (const text of formatByPeriod(days.toSorted(), periods, format)) {
        const key = `${why.reason} ${why.detail} ${text}`;
        const same = merged.get(key);
        merged.set(key, { what: same ? `${same.what}, ${what}` : what, days: text, ...why });
      }
    }
    return [...merged.values()];
  }

  return {
    add(what, day, reason, detail) {
      const key = `${what} ${reason} ${detail}`;
      const entry = found.get(key) ?? { what, reason, days: [], ...(detail === undefined ? {} : { detail }) };
      entry.days.push(day);
      found.set(key, entry);
    },
    entries: () => toEntries([...found.values()]),
    entriesOfMostDays(isLeftOut) {
      const daysOf = periods.map(listDays);
      const ofWhole = new Map<string, MissingEntry>();
      const ofSome: FoundDays[] = [];
      for (const [what, list] of Map.groupBy(found.values(), (one) => one.what)) {
        const missing = new Set(list.flatMap(({ days }) => days));
        const judged = daysOf.map((days) => {
          const counted = days.filter((day) => !isLeftOut(what, day));
          return counted.length > 0 ? counted : days;
        });
        const without = judged.map((days) => days.filter((day) => missing.has(day)));
        const mostly = new Set(without.filter((days, index) => days.length > (judged[index] ?? []).length / 2).flat());
        const countOfDays = new Set(judged.flat()).size;
        for (const { days, ...why } of list) {
          const own = days.filter((day) => mostly.has(day));
          if (own.length <= mostly.size * leastShare) continue;
          if (own.length < countOfDays) {
            ofSome.push({ ...why, days: own });
            continue;
          }
          const key = `${why.reason} ${why.detail}`;
          const same = ofWhole.get(key);
          ofWhole.set(key, same ? { ...same, what: `${same.what}, ${what}` } : why);
        }
      }
      return [...ofWhole.values(), ...toEntries(ofSome)];
    },
  };
}

/** Returns the days as text. If the answer is about several periods, the result has one text for each period. */
function formatByPeriod(
  days: readonly IsoDay[],
  periods: readonly DayRange[],
  format: (days: readonly IsoDay[]) => string,
): string[] {
  if (periods.length < 2) return [format(days)];
  const byPeriod = Map.groupBy(days, (day) => periods.find((period) => isWithin(day, period)));
  return Array.from(byPeriod.values(), format);
}

/** If a list of days would be longer than this many characters, the answer gives the number of days instead. */
const longestList = 80;

/**
 * Returns a list of days as text: "2026-11-01, 2026-11-04..2026-11-06". If the list is long, the result is the number
 * of days with the first and the last day: "57 days from 2024-12-03 to 2026-11-18".
 */
export function countDaysOf(days: readonly IsoDay[]): string {
  const listed = formatDays(days);
  return listed.length <= longestList ? listed : `${days.length} days from ${days[0]} to ${days.at(-1)}`;
}
