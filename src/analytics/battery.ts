/** One battery reading. */
export interface BatteryReading {
  /** Epoch ms. */
  at: number;
  /** Percent. */
  level: number;
  /** Whether the ring was in its charger, charging or full; null when that is not known. */
  isInCharger: boolean | null;
}

/** A time in the charger, from the last reading before it to the last one in it. */
export interface Charge {
  start: number;
  end: number;
  /** Percent before and after. */
  from: number;
  to: number;
}

export interface BatteryUse {
  /** Percentage points a day, without the time in the charger; null below twelve hours of readings. */
  drainPerDay: number | null;
  /** The hours on which it rests. */
  hours: number;
  /** Oldest first. */
  charges: readonly Charge[];
  /** Whether the level jumps as one battery cannot: the readings may be of two rings. */
  jumps: boolean;
}

const hour = 3_600_000;
/** Over a longer time without readings the ring may have lain somewhere, where it drains less. */
const longestGapMs = 6 * hour;
/** Levels are whole percents, so less time than this says nothing of the rate. */
const leastHours = 12;
/** A rise of this many points has been in a charger, whatever the reading says. One point may be a misreading. */
const leastRise = 2;
/** No battery loses so many points within an hour. */
const leastJump = 15;

/**
 * How fast a battery drains, and when it was charged, from its levels over some days. A pair of readings belongs to a
 * charge when either was in the charger or the level rose; the other pairs give the rate: the points lost over their time.
 * @param readings Of one ring, in any order.
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
    if ((isOut && change >= leastRise) || (change <= -leastJump && reading.at - before.at <= hour)) jumps = true;
    if (isCharge) addCharge(charges, before, reading);
    else if (before.isInCharger !== true && reading.at - before.at <= longestGapMs) {
      lost += before.level - reading.level;
      time += reading.at - before.at;
    }
  });
  const hours = time / hour;
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

/** The level at an instant if a battery goes on draining at a rate, in percent; 0 at least. */
export function levelAt(newest: { at: number; level: number }, drainPerDay: number, instant: number): number {
  return Math.max(0, newest.level - (drainPerDay * (instant - newest.at)) / (24 * hour));
}

/** An estimate is no more exact than this. */
const estimateMs = 10 * 60_000;

/** When a battery is empty at a rate (epoch ms), to ten minutes; null when it does not drain. */
export function emptyAt(newest: { at: number; level: number }, drainPerDay: number): number | null {
  if (drainPerDay <= 0) return null;
  return estimateMs * Math.round((newest.at + (newest.level / drainPerDay) * 24 * hour) / estimateMs);
}
