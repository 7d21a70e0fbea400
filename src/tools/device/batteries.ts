import * as z from "zod";
import { dayAtOffset, dayMilliseconds, formatOffset } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { formatDay, formatList, localClock } from "../../words/present.ts";
import { cell } from "../../words/table.ts";

/** Null when Oura does not state it. */
const charging = z.boolean().nullable();

export const batteryOutput = z.object({ level_pct: z.number(), charging, at: cell });

export interface Battery {
  level: number;
  charging: boolean | null;
  /** In epoch ms. Null when the reading has no date, or a date that is too far in the future. */
  at: number | null;
  isFuture: boolean;
}

/**
 * A reading may be dated slightly in the future, because clocks differ. A date more than this many ms in the future is
 * ignored.
 */
const longestClockDifference = dayMilliseconds;

/**
 * Returns the newest battery level. If the account has several rings, it returns up to one level for each ring, newest
 * first. If Oura sends more levels than the account has rings, the levels are a history, and only the newest level is
 * returned. A level with a date in the future is used only if there is no other level.
 */
export function readBatteries(
  rows: readonly OuraDocument<"ring_battery_level">[],
  { rings, now }: { rings: number; now: number },
): Battery[] {
  const levels = rows.flatMap(({ level, charging, timestamp }): Battery[] => {
    const at = Date.parse(timestamp ?? "");
    const isFuture = at > now + longestClockDifference; // false when the date is not valid
    return level === null ? [] : [{ level, charging, at: Number.isNaN(at) || isFuture ? null : at, isFuture }];
  });
  const past = levels.filter(({ isFuture }) => !isFuture);
  // Oura sends the oldest level first, so the levels are reversed. The sort that follows is stable, so the newest of
  // the levels without a date stays the first of them.
  const newestFirst = (past.length > 0 ? past : levels)
    .toReversed()
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0));
  return newestFirst.slice(0, rings > 1 && newestFirst.length <= rings ? rings : 1);
}

/** `at` becomes the wearer's local time with its UTC offset. */
export function describeBattery(
  { level, charging, at }: Battery,
  offsetMinutes: number,
): z.output<typeof batteryOutput> {
  return { level_pct: level, charging, at: at === null ? null : sayLocal(at, offsetMinutes) };
}

/** Example: "2026-11-20T17:32-05:00". `at` is in epoch ms. */
export function sayLocal(at: number, offsetMinutes: number): string {
  return `${dayAtOffset(at, offsetMinutes)}T${localClock(at, offsetMinutes)}${formatOffset(offsetMinutes)}`;
}

/** `isOfSeveral` is set if several rings are in use, so that it is not known to which ring a battery level belongs. */
export function sayBatteries(batteries: readonly Battery[], offsetMinutes: number, isOfSeveral: boolean): string {
  if (batteries.length === 0) return "The battery level is not known.";
  const said = batteries.map(({ level, charging, at }) => {
    const time =
      at === null ? "" : ` at ${localClock(at, offsetMinutes)} on ${formatDay(dayAtOffset(at, offsetMinutes))}`;
    return `${level} %${charging === true ? ", charging," : ""}${time}`.replace(/,$/, "");
  });
  return `${batteries.length > 1 ? "Batteries" : "Battery"} ${formatList(said)}${isOfSeveral ? "; Ōura does not say of which ring" : ""}.`;
}
