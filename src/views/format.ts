import { addDays, type IsoDay, listDays } from "../analytics/day.ts";
import { formatClock, formatInUnit } from "../words/present.ts";

/**
 * Days and clock times are in the wearer's local time. The view holds them as if they were UTC, so it formats them as
 * UTC.
 */
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

export function dayOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function daysFrom(first: IsoDay, count: number): IsoDay[] {
  return listDays({ start: first, end: addDays(first, count - 1) });
}

/** "20 Nov" */
export function sayShortDay(day: string | Date): string {
  return shortDay.format(typeof day === "string" ? dayOf(day) : day);
}

/** "Fri 20 Nov" */
export function sayDay(day: string | Date): string {
  return longDay.format(typeof day === "string" ? dayOf(day) : day).replace(",", "");
}

/** "23:40" */
export function sayTime(at: Date | number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** A value with its unit, in the same form as in the tools' answers. */
export function sayValue(value: number | null, { unit, decimals }: { unit: string; decimals: number }): string {
  return value === null ? "no data" : formatInUnit(value, unit, decimals);
}

/**
 * A metric's name with its unit: "Resting heart rate (bpm)". The unit is left out if every value already shows it, or
 * if the metric has no unit.
 */
export function nameWithUnit({ label, unit }: { label: string; unit: string }): string {
  return ["clock", "h", "min", "points", "steps"].includes(unit) ? label : `${label} (${unit})`;
}

export function sayTick(value: number, { unit, decimals }: { unit: string; decimals: number }): string {
  if (unit === "clock") return formatClock(value);
  if (unit === "h") return `${Number(value.toFixed(1))} h`;
  if (unit === "steps") return value >= 1000 ? `${Number((value / 1000).toFixed(1))}k` : String(value);
  return String(Number(value.toFixed(Math.max(decimals, 0))));
}

/**
 * Moves a clock time (in minutes after midnight) to within half a day of `around`, so that 23:50 and 00:10 are close
 * together: around 0, the time 23:50 becomes −10. Values in other units stay unchanged.
 */
export function unrollClock(value: number | null, unit: string, around: number): number | null {
  if (value === null || unit !== "clock") return value;
  return around + ((((value - around) % 1440) + 1440 + 720) % 1440) - 720;
}
