import { createMemo, type Memo } from "./memo.ts";

/** Whole days since 1970-01-01: a calendar date, not an instant. */
export type DayNumber = number;
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Calendar {
  /** Offset from UTC in minutes (east is positive) in `zone` at `instant`. */
  offsetMinutes(zone: string, instant: Instant): number;
  /** The instant that is `minutes` after local midnight of `day` in `zone`; minutes may be negative or exceed 1,440. */
  instantAt(zone: string, day: DayNumber, minutes: number): Instant;
  dayAt(zone: string, instant: Instant): DayNumber;
  minutesAt(zone: string, instant: Instant): number;
  /** `2026-07-05T11:30:00.000+02:00`: Oura's localized date-time. */
  stamp(zone: string, instant: Instant): string;
}

interface Zone {
  formatter: Intl.DateTimeFormat;
  /** The offset of spans that have only one, by their number; `null` where the clocks change. */
  weeks: Memo<number | null>;
  days: Memo<number | null>;
}

/**
 * Time zone arithmetic with `Intl` only: workerd has no `Temporal`.
 * @param days how many days it is asked about, for speed only
 */
export function createCalendar(days: number): Calendar {
  const zones = createMemo<Zone>(20);

  function inZone(zone: string): Zone {
    return zones.recall(zone, () => ({
      formatter: new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }),
      weeks: createMemo(Math.max(200, Math.ceil(days / 7))),
      days: createMemo(100),
    }));
  }

  function lookUp({ formatter }: Zone, instant: Instant): number {
    const name = formatter.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? ["", "+", "0", "0"];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  }

  /** `Intl` is slow. A span has one offset if both of its ends do: no zone changes its clocks twice within a week. */
  function constantOffset(zone: Zone, spans: Memo<number | null>, length: number, instant: Instant): number | null {
    const span = Math.floor(instant / length);
    return spans.recall(span, () => {
      const first = lookUp(zone, span * length);
      return first === lookUp(zone, (span + 1) * length - 1) ? first : null;
    });
  }

  function offsetMinutes(name: string, instant: Instant): number {
    const zone = inZone(name);
    return (
      constantOffset(zone, zone.weeks, 7 * DAY, instant) ??
      constantOffset(zone, zone.days, DAY, instant) ??
      lookUp(zone, instant)
    );
  }

  function local(zone: string, instant: Instant): number {
    return instant + offsetMinutes(zone, instant) * MINUTE;
  }

  return {
    offsetMinutes,
    instantAt(zone, day, minutes) {
      const wall = day * DAY + minutes * MINUTE;
      // The first guess may be on the wrong side of a clock change; the second uses the offset found there.
      const guess = wall - offsetMinutes(zone, wall) * MINUTE;
      return wall - offsetMinutes(zone, guess) * MINUTE;
    },
    dayAt: (zone, instant) => Math.floor(local(zone, instant) / DAY),
    minutesAt: (zone, instant) => (local(zone, instant) - Math.floor(local(zone, instant) / DAY) * DAY) / MINUTE,
    stamp(zone, instant) {
      const offset = offsetMinutes(zone, instant);
      const size = Math.abs(offset);
      const two = (n: number): string => String(n).padStart(2, "0");
      const suffix = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      return new Date(instant + offset * MINUTE).toISOString().replace("Z", suffix);
    },
  };
}

export function isoDay(day: DayNumber): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function isWeekend(day: DayNumber): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}
