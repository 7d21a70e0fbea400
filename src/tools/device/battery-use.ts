import { type BatteryUse, type Charge, describeBatteryUse, emptyAt, levelAt } from "../../analytics/battery.ts";
import { addDays, dayAtOffset, dayMilliseconds, dayNumber, type IsoDay } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { formatClock, formatDay, formatMinutes, joinSentences, localClock, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type Battery, sayLocal } from "./batteries.ts";

const minute = 60_000;
const hour = 60 * minute;

/** The history of battery levels is read for this many past days. */
export const historyDays = 8;
/** A battery level older than this (in ms) is not used to predict how long the battery lasts. */
const oldestLevelMs = 24 * hour;
/**
 * If less than this percentage of the battery is predicted to be left at the end of the night, the answer says that the
 * battery is not enough for the night. The ring could then stop recording before the night ends.
 */
const leastAtEnd = 5;

/** How fast a ring's battery drains, when it was charged, and whether it lasts through tonight. */
export interface Forecast {
  use: BatteryUse;
  /**
   * When the battery will be empty, in epoch ms. Null when the rate of drain is not known or the newest level is too
   * old.
   */
  emptyAt: number | null;
  night: { until: number; level: number } | null;
  /**
   * The number of all readings of the battery level. `incomplete` is the number of readings that lack the level, the
   * time, or whether the ring was in its charger.
   */
  readings: number;
  incomplete: number;
}

export function forecastBattery(
  rows: readonly OuraDocument<"ring_battery_level">[],
  { at, level }: Battery,
  { now, offsetMinutes }: { now: number; offsetMinutes: number },
): Forecast {
  const readings = rows.flatMap(({ timestamp, level: percent, charging, in_charger }) => {
    const time = Date.parse(timestamp ?? "");
    if (percent === null || Number.isNaN(time) || time > now) return [];
    return [{ at: time, level: percent, isInCharger: in_charger ?? charging }];
  });
  const use = describeBatteryUse(readings);
  const { drainPerDay } = use;
  const known = { use, readings: rows.length, incomplete: rows.filter(isIncomplete).length };
  if (drainPerDay === null || at === null || now - at > oldestLevelMs) return { ...known, emptyAt: null, night: null };
  const until = findNightEnd(now, offsetMinutes);
  return {
    ...known,
    emptyAt: emptyAt({ at, level }, drainPerDay),
    night: { until, level: levelAt({ at, level }, drainPerDay, until) },
  };
}

function isIncomplete({ timestamp, level, in_charger }: OuraDocument<"ring_battery_level">): boolean {
  return level === null || in_charger === null || Number.isNaN(Date.parse(timestamp ?? ""));
}

/**
 * Returns the assumed end of the coming night in epoch ms: 10:00 on the next day in the wearer's local time. Before
 * 04:00, it is 10:00 on the same day, because the present night is not over.
 */
function findNightEnd(now: number, offsetMinutes: number): number {
  const today = dayAtOffset(now, offsetMinutes);
  const at = (day: IsoDay, clock: number) => dayNumber(day) * dayMilliseconds + clock * hour - offsetMinutes * minute;
  return now < at(today, 4) ? at(today, 10) : at(addDays(today, 1), 10);
}

/** Returns the forecast as the fields that the answer shows under `battery_use`. */
export function describeForecast(
  { use, emptyAt: empty, night }: Forecast,
  offsetMinutes: number,
): Record<string, Cell> {
  return {
    drain_pct_per_day: round(use.drainPerDay, 1),
    from_hours: round(use.hours),
    empty_at: empty === null ? null : sayLocal(empty, offsetMinutes),
    night_until: night && sayLocal(night.until, offsetMinutes),
    level_then_pct: night && round(night.level),
  };
}

export function chargeTable(charges: readonly Charge[], offsetMinutes: number): { columns: string[]; rows: Cell[][] } {
  return {
    columns: ["start", "end", "from_pct", "to_pct"],
    rows: charges.map(({ start, end, from, to }) => [
      sayLocal(start, offsetMinutes),
      sayLocal(end, offsetMinutes),
      from,
      to,
    ]),
  };
}

/**
 * Returns a text that states how fast the battery drains, when it was charged, and whether it lasts through the night.
 */
export function sayForecast(
  { use, emptyAt: empty, night }: Forecast,
  battery: Battery,
  offsetMinutes: number,
): string | null {
  const { drainPerDay, hours, charges } = use;
  const last = charges.at(-1);
  return joinSentences(
    drainPerDay === null
      ? null
      : `It drains by about ${round(drainPerDay, 1)} points a day (${sayHours(hours)} out of the charger in ${historyDays} days)` +
          `${empty === null ? "" : `, so it is empty about ${sayWhen(empty, offsetMinutes)}`}.`,
    night === null ? null : sayNight(night, battery.charging === true, offsetMinutes),
    last
      ? `Charged ${["once", "twice"][charges.length - 1] ?? `${charges.length} times`} in ${historyDays} days, ${charges.length === 1 ? "" : "last "}from ${last.from} to ${last.to} % on ` +
          `${formatDay(dayAtOffset(last.end, offsetMinutes))}, ${localClock(last.start, offsetMinutes)}-${localClock(last.end, offsetMinutes)}.`
      : null,
  );
}

function sayNight(
  { until, level }: NonNullable<Forecast["night"]>,
  isCharging: boolean,
  offsetMinutes: number,
): string {
  const end = sayWhen(until, offsetMinutes);
  const left = `about ${round(level)} % at ${end}`;
  if (isCharging) return `It is charging; without more, ${left}.`;
  return level >= leastAtEnd ? `Enough for the night: ${left}.` : `Not enough for the night: ${left}.`;
}

function sayWhen(at: number, offsetMinutes: number): string {
  const local = (((at / minute + offsetMinutes) % 1440) + 1440) % 1440;
  return `${formatClock(local)} on ${formatDay(dayAtOffset(at, offsetMinutes))}`;
}

function sayHours(hours: number): string {
  return hours < 48 ? formatMinutes(Math.round(hours) * 60) : `${round(hours / 24, 1)} days`;
}

/**
 * Returns an entry of the answer's `missing` list if readings of the battery level lack the level, the time, or whether
 * the ring was in its charger.
 */
export function explainIncomplete({ readings, incomplete }: Forecast): MissingEntry[] {
  if (incomplete === 0) return [];
  const detail = `${incomplete} of ${readings} lack a value, a time, or whether the ring was in the charger; a rise counts as a charge`;
  return [{ what: "battery levels", reason: "unavailable", detail }];
}

/**
 * Returns an entry of the answer's `missing` list if the rate of drain is not known, or if the level at the end of the
 * night cannot be predicted.
 * @param isMixed Whether the levels come from several rings and cannot be told apart.
 */
export function explainDrain({ use, night }: Forecast, battery: Battery, isMixed: boolean): MissingEntry[] {
  const unavailable = (what: string, detail: string) => [{ what, reason: "unavailable" as const, detail }];
  if (isMixed) return unavailable("battery drain", "Ōura does not say of which ring a level is");
  if (use.drainPerDay === null)
    return unavailable(
      "battery drain",
      `less than twelve hours of levels out of the charger in the last ${historyDays} days`,
    );
  if (night !== null) return [];
  if (battery.at === null) return unavailable("battery tonight", "the newest level has no time");
  return [{ what: "battery tonight", reason: "not_synced", detail: "the newest level is over a day old" }];
}
