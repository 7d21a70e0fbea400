import { type DayRange, dayNumber, type IsoDay, parseOffset } from "../../analytics/day.ts";
import { dayNumbers } from "../../analytics/series.ts";
import type { SleepStates } from "../../analytics/sleep-regularity.ts";
import type { SleepDay, SleepPart } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { hoursWorn, type WearTime, wasMostlyOff } from "../../oura/wear.ts";

type Recorded = OuraDocument<"sleep_with_series">;

const epochMinutes = 5;
const epochsPerDay = 1440 / epochMinutes;
const epochMs = epochMinutes * 60_000;

/** In Oura's strings of sleep phases: 1 (deep), 2 (light) and 3 (REM). The digit 4 means awake. */
const asleepDigits = "123";

/**
 * The first five-minute epoch of the afternoon. Epochs before noon belong to the night that ends on the same day, and
 * later epochs to the night that ends on the next day.
 */
const noonEpoch = epochsPerDay / 2;

/**
 * For each day, states when the wearer was asleep. The day is divided into epochs of five minutes, by the local clock
 * of each record. Outside of sleep records, the wearer is taken to be awake, with two exceptions, for which the state
 * is unknown (null). On a day on which the ring was off for four hours or more, all epochs outside of records are
 * unknown. If a night has no record, the epochs from the noon before this night to the noon after it are unknown.
 * @param wear The daily activity. Null when it was not read
 */
export function readSleepStates(
  sleep: readonly SleepDay<Recorded>[],
  wear: readonly (WearTime & { day: IsoDay })[] | null,
  range: DayRange,
): SleepStates[] {
  const { first, last } = dayNumbers(range);
  const recorded = new Map<number, boolean | null>();
  for (const { night, secondSleeps, naps } of sleep)
    for (const { parts } of [...(night ? [night] : []), ...secondSleeps, ...naps])
      for (const part of parts) markPart(part, recorded);
  const nights = new Set(sleep.flatMap(({ day, night }) => (night ? [dayNumber(day)] : [])));
  const wearOn = new Map(wear?.map((document) => [dayNumber(document.day), document]));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const day = first + index;
    const ofDay = wearOn.get(day);
    const isWorn = wear === null || (ofDay !== undefined && !wasMostlyOff(ofDay) && hoursWorn(ofDay) === null);
    return Array.from({ length: epochsPerDay }, (_epoch, epoch) => {
      const known = recorded.get(day * epochsPerDay + epoch);
      if (known !== undefined) return known;
      const hasNight = nights.has(epoch < noonEpoch ? day : day + 1);
      return isWorn && hasNight ? false : null;
    });
  });
}

function markPart(part: SleepPart<Recorded>, states: Map<number, boolean | null>): void {
  const offsetMs = (parseOffset(part.bedtime_start) ?? 0) * 60_000;
  const { sleep_phase_30_sec, sleep_phase_5_min } = part.period;
  const [digits, digitMs] = sleep_phase_30_sec ? [sleep_phase_30_sec, 30_000] : [sleep_phase_5_min ?? "", epochMs];
  for (const { start, end } of part.counted) {
    const firstEpoch = Math.round((start + offsetMs) / epochMs);
    const lastEpoch = Math.round((end + offsetMs) / epochMs);
    for (let epoch = firstEpoch; epoch < lastEpoch; epoch += 1) {
      const middle = (epoch + 0.5) * epochMs - offsetMs;
      const digit = digits[Math.floor((middle - part.start) / digitMs)];
      states.set(epoch, digit === undefined ? null : asleepDigits.includes(digit));
    }
  }
}
