export interface BatteryReading {
  /** Epoch milliseconds. */
  at: number;
  /** The charge level in percent. */
  level: number;
  /** Whether the ring was in its charger, either charging or already full. Null if that is not known. */
  isInCharger: boolean | null;
}

/**
 * A period in the charger, from the last reading before it to the last reading in the charger. Times are in epoch
 * milliseconds, and levels in percent.
 */
export interface Charge {
  start: number;
  end: number;
  from: number;
  to: number;
}

export interface BatteryUse {
  /**
   * How fast the battery drains outside the charger, in percentage points per day. Null if the usable times between
   * readings add up to less than twelve hours.
   */
  drainPerDay: number | null;
  /** The hours from which `drainPerDay` is computed. */
  hours: number;
  charges: readonly Charge[];
  /**
   * Whether the level falls by at least 15 percentage points within an hour, or rises by at least two percentage points
   * between two readings outside the charger. The readings may then come from two rings.
   */
  jumps: boolean;
}

const hourMs = 3_600_000;
/**
 * If more time than this passes between two readings, the time does not count towards the drain rate. The ring may not
 * have been worn in that time, and an unworn ring drains its battery more slowly.
 */
const longestGapMs = 6 * hourMs;
/**
 * The drain rate is computed only from at least this many hours. Levels are whole percents, so a shorter time would
 * give no reliable drain rate.
 */
const leastHours = 12;
/**
 * A rise of the level by at least this many percentage points from one reading to the next counts as charging, even if
 * the later reading was not marked as taken in the charger. A rise of one percentage point may be a misreading.
 */
const leastRise = 2;
/**
 * If the level falls by this many percentage points within an hour, the readings probably come from two rings. No
 * single battery drains so fast.
 */
const leastJump = 15;

/**
 * Computes how fast a battery drains and when it was charged. The time between two readings counts as charging if the
 * later reading was taken in the charger, or if the level rises by two percentage points or more. The drain rate is
 * computed from pairs of readings that are not marked as taken in the charger, and that are at most six hours apart.
 * @param readings Of one ring, in any order.
 * @example
 * const reading = (hours, level, isInCharger = false) => ({ at: hours * 3_600_000, level, isInCharger });
 * const day = [reading(0, 90), reading(6, 85), reading(12, 80), reading(13, 100, true), reading(19, 95)];
 * describeBatteryUse(day);
 * // { drainPerDay: 20, hours: 12, charges: [{ start: 43200000, end: 46800000, from: 80, to: 100 }], jumps: false }
 * describeBatteryUse(day.slice(0, 2)).drainPerDay; // null
 */
export function describeBatteryUse(readings: readonly BatteryReading[]): BatteryUse {
  const sorted = readings.toSorted((one, other) => one.at - other.at);
  const charges: Charge[] = [];
  let lost = 0;
  let time = 0;
  let jumps = false;
  sorted.forEach((reading, index) => {
    const before = sorted[index - 1];
    if (!before) return;
    const isCharge = reading.isInCharger === true || reading.level - before.level >= leastRise;
    const change = reading.level - before.level;
    const isOut = reading.isInCharger === false && before.isInCharger === false;
    if ((isOut && change >= leastRise) || (change <= -leastJump && reading.at - before.at <= hourMs)) jumps = true;
    if (isCharge) addCharge(charges, before, reading);
    else if (before.isInCharger !== true && reading.at - before.at <= longestGapMs) {
      lost += before.level - reading.level;
      time += reading.at - before.at;
    }
  });
  const hours = time / hourMs;
  return {
    drainPerDay: hours < leastHours ? null : Math.max(0, (24 * lost) / hours),
    hours,
    charges: charges.filter(({ from, to }) => to - from >= leastRise),
    jumps,
  };
}

function addCharge(charges: Charge[], before: BatteryReading, reading: BatteryReading): void {
  const last = charges.at(-1);
  if (last && last.end === before.at) {
    last.end = reading.at;
    last.to = reading.level;
  } else charges.push({ start: before.at, end: reading.at, from: before.level, to: reading.level });
}

/**
 * The level in percent at a later instant, if the battery keeps draining at the given rate. The level is never below 0.
 * @param instant Epoch milliseconds.
 * @example
 * levelAt({ at: 0, level: 80 }, 20, 36 * 3_600_000); // 50
 * levelAt({ at: 0, level: 80 }, 20, 9 * 86_400_000); // 0
 */
export function levelAt(newest: { at: number; level: number }, drainPerDay: number, instant: number): number {
  return Math.max(0, newest.level - (drainPerDay * (instant - newest.at)) / (24 * hourMs));
}

/**
 * The time at which the battery is empty is rounded to ten minutes, because the estimate is not exact to the minute.
 */
const estimateMs = 10 * 60_000;

/**
 * When the battery will be empty at the given drain rate, in epoch milliseconds. Null if the battery does not drain.
 * @example
 * emptyAt({ at: 0, level: 80 }, 20) / 86_400_000; // 4
 * emptyAt({ at: 0, level: 80 }, 0); // null
 */
export function emptyAt(newest: { at: number; level: number }, drainPerDay: number): number | null {
  if (drainPerDay <= 0) return null;
  return estimateMs * Math.round((newest.at + (newest.level / drainPerDay) * 24 * hourMs) / estimateMs);
}
