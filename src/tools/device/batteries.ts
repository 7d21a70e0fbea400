import * as z from "zod";
import { dayAtOffset, dayMilliseconds, formatOffset } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { formatDay, formatList, localClock } from "../../words/present.ts";
import { cell } from "../../words/table.ts";

/** Null when Oura does not say. */
const charging = z.boolean().nullable();

export const batteryOutput = z.object({ level_pct: z.number(), charging, at: cell });

export interface Battery {
  level: number;
  charging: boolean | null;
  /** Epoch ms; null without a date, or with one in the future. */
  at: number | null;
  isFuture: boolean;
}

/** A reading may be dated slightly ahead, because clocks differ. A date more than a day ahead is ignored. */
const longestClockDifference = dayMilliseconds;

/**
 * The newest battery level, and with several rings that of each, newest first. Where Oura sends more levels than there
 * are rings they are a history, of which only the newest counts. A level dated in the future counts only where there is
 * no other.
 */
export function readBatteries(
  rows: readonly OuraDocument<"ring_battery_level">[],
  { rings, now }: { rings: number; now: number },
): Battery[] {
  const levels = rows.flatMap(({ level, charging, timestamp }): Battery[] => {
    const at = Date.parse(timestamp ?? "");
    const isFuture = at > now + longestClockDifference; // false for NaN
    return level === null ? [] : [{ level, charging, at: Number.isNaN(at) || isFuture ? null : at, isFuture }];
  });
  const past = levels.filter(({ isFuture }) => !isFuture);
  // Rows are oldest first. The sort keeps that order for rows without a date.
  const newestFirst = (past.length > 0 ? past : levels)
    .toReversed()
    .toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0));
  return newestFirst.slice(0, rings > 1 && newestFirst.length <= rings ? rings : 1);
}

/** A battery for the answer; `at` is the wearer's local time with its offset. */
export function describeBattery(
  { level, charging, at }: Battery,
  offsetMinutes: number,
): z.output<typeof batteryOutput> {
  return { level_pct: level, charging, at: at === null ? null : sayLocal(at, offsetMinutes) };
}

/** A local time with its offset. */
export function sayLocal(at: number, offsetMinutes: number): string {
  return `${dayAtOffset(at, offsetMinutes)}T${localClock(at, offsetMinutes)}${formatOffset(offsetMinutes)}`;
}

/** @param isOfSeveral whether it is not known of which ring a level is */
export function sayBatteries(batteries: readonly Battery[], offsetMinutes: number, isOfSeveral: boolean): string {
  if (batteries.length === 0) return "The battery level is not known.";
  const said = batteries.map(({ level, charging, at }) => {
    const time =
      at === null ? "" : ` at ${localClock(at, offsetMinutes)} on ${formatDay(dayAtOffset(at, offsetMinutes))}`;
    return `${level} %${charging === true ? ", charging," : ""}${time}`.replace(/,$/, "");
  });
  return `${batteries.length > 1 ? "Batteries" : "Battery"} ${formatList(said)}${isOfSeveral ? "; Ōura does not say of which ring" : ""}.`;
}
