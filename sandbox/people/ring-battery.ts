import { DAY, type DayNumber, type Instant, MINUTE } from "./calendar.ts";
import type { Life } from "./life.ts";
import { hash } from "./random.ts";
import { wornOn } from "./wear.ts";

/** The ring is charged on every fifth day, for an hour and a half. */
const CYCLE_DAYS = 5;
const CHARGE_FROM = 9 * 60 + 50;
/** The restless person may still sleep in the morning. */
const RESTLESS_CHARGE_FROM = 16 * 60 + 40;
const CHARGE_MINUTES = 90;
/** It is full before it is taken out, and then in the charger without being charged. */
const FULL_AFTER_MINUTES = 70;
const FULL = 100;
const LOWEST = 22;
const BATTERY_ROW_MINUTES = 20;

export interface BatteryRow {
  at: Instant;
  level: number;
  charging: boolean;
  inCharger: boolean;
}

export function isChargingAt(life: Life, instant: Instant): boolean {
  return minutesIntoCycle(life, instant) < CHARGE_MINUTES;
}

/** Whether the ring is on the charger in each of `count` minutes from `start`, at most some days. */
export function chargingMinutes(life: Life, start: Instant, count: number): (minute: number) => boolean {
  const offset = (at: Instant): number => life.calendar.offsetMinutes(life.person.zone, at);
  // The clocks change within these minutes: each has to be asked about.
  if (offset(start) !== offset(start + count * MINUTE)) return (minute) => isChargingAt(life, start + minute * MINUTE);
  const first = minutesIntoCycle(life, start);
  const next = CYCLE_DAYS * 1_440 - first;
  // Without a remainder, which is slow for so many minutes.
  return (minute) => first + minute < CHARGE_MINUTES || (minute >= next && minute < next + CHARGE_MINUTES);
}

/** When the ring is on the charger on `day`, in local minutes past midnight; `null` on most days. */
export function chargeOn(life: Life, day: DayNumber): { from: number; to: number } | null {
  const from = chargeFrom(life);
  if (!isChargingAt(life, life.calendar.instantAt(life.person.zone, day, from))) return null;
  return { from, to: from + CHARGE_MINUTES };
}

/** Levels on a fixed 20-minute grid in [from, to], none on days on which the ring is not worn. */
export function batteryRows(life: Life, from: Instant, to: Instant): BatteryRow[] {
  const step = BATTERY_ROW_MINUTES * MINUTE;
  const rows: BatteryRow[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    if (!wornOn(life, life.calendar.dayAt(life.person.zone, at))) continue;
    const minutes = minutesIntoCycle(life, at);
    const inCharger = minutes < CHARGE_MINUTES;
    const charging = minutes < FULL_AFTER_MINUTES;
    const drained = (minutes - CHARGE_MINUTES) / (CYCLE_DAYS * 1_440 - CHARGE_MINUTES);
    const charged = Math.min(FULL, LOWEST + ((FULL - LOWEST) * minutes) / FULL_AFTER_MINUTES);
    const level = inCharger ? charged : FULL - (FULL - LOWEST) * drained;
    rows.push({ at, level: Math.round(level), charging, inCharger });
  }
  return rows;
}

function minutesIntoCycle(life: Life, instant: Instant): number {
  // Local time at home: the habit stays at the same local time when the clocks change.
  const home = life.calendar.offsetMinutes(life.person.zone, instant) * MINUTE;
  const phase = (hash(life.seed) % CYCLE_DAYS) * DAY;
  const minutes = (instant + home + phase) / MINUTE - chargeFrom(life);
  const cycle = CYCLE_DAYS * 1_440;
  return ((minutes % cycle) + cycle) % cycle;
}

function chargeFrom({ person }: Life): number {
  return person.restless ? RESTLESS_CHARGE_FROM : CHARGE_FROM;
}
