import { dayAtOffset, formatOffset, type IsoDay } from "../../analytics/day.ts";
import { formatDay, localClock } from "../../words/present.ts";
import { type LocalTime, offsetAt } from "./time-range.ts";

/** The wearer's calendar day at an instant. */
export function dayAt(instant: number, local: LocalTime): IsoDay {
  return dayAtOffset(instant, offsetAt(instant, local));
}

/** "2026-11-20T14:30-05:00" */
export function sayInstant(instant: number, local: LocalTime): string {
  const offset = offsetAt(instant, local);
  return `${dayAt(instant, local)}T${localClock(instant, offset)}${formatOffset(offset)}`;
}

/** "14:30" on the wearer's clock. */
export function sayClock(instant: number, local: LocalTime): string {
  return localClock(instant, offsetAt(instant, local));
}

/** "on Fri 20 Nov 2026, 00:00-15:00" or "from Fri 20 Nov 2026 22:00 to Sat 21 Nov 2026 06:00". */
export function saySpan({ start, end }: { start: number; end: number }, local: LocalTime): string {
  const [from, to] = [dayAt(start, local), dayAt(end - 1, local)];
  const [fromTime, toTime] = [sayClock(start, local), sayClock(end, local)];
  if (from === to) return `on ${formatDay(from)}, ${fromTime}-${toTime === "00:00" ? "24:00" : toTime}`;
  return `from ${formatDay(from)} ${fromTime} to ${formatDay(to)} ${toTime === "00:00" ? "24:00" : toTime}`;
}
