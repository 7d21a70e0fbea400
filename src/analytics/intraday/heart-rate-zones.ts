import { outOfRange } from "../out-of-range.ts";
import { type HeartRateRow, weigh } from "./heart-rate-readings.ts";

/** Where zones 1 to 5 begin, as shares of the maximum heart rate. */
export const zoneShares: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9];

export interface ZoneMinutes {
  below: number;
  /** The minutes in zone 1 to zone 5, five numbers. Heart rates above the maximum count in zone 5. */
  zones: readonly number[];
}

/**
 * The usual estimate of the maximum heart rate in bpm from the age (Tanaka, Monahan and Seals 2001). The true maximum
 * of a single person can be about ten bpm higher or lower.
 * @param age In years.
 * @returns A whole number of bpm: 208 − 0.7 · age.
 * @example maximumFromAge(38) // 181
 */
export function maximumFromAge(age: number): number {
  return Math.round(208 - 0.7 * age);
}

/**
 * The minutes in each heart rate zone. Each reading counts for the time to the next reading, but for ten minutes at
 * most.
 * @param rows Readings in any order. Those outside [start, end) are left out.
 * @param end Epoch ms, like `start`.
 * @param maximum The maximum heart rate in bpm.
 * @returns Null when no time was measured.
 * @example
 * // 90, 110 and 190 bpm for a minute each. With a maximum of 200 bpm, zone 1 begins at 100 bpm and zone 5 at 180 bpm.
 * const rows = [90, 110, 190].map((bpm, minute) => ({ at: minute * 60_000, bpm, source: "workout" }));
 * countZoneMinutes(rows, 0, 180_000, 200); // { below: 1, zones: [1, 0, 0, 0, 1] }
 */
export function countZoneMinutes(
  rows: readonly HeartRateRow[],
  start: number,
  end: number,
  maximum: number,
): ZoneMinutes | null {
  const zones = zoneShares.map(() => 0);
  const bounds = zoneShares.map((share) => share * maximum);
  let below = 0;
  let total = 0;
  const weighed = weigh(rows, start, end);
  weighed.rows.forEach(({ bpm }, index) => {
    const minutes = (weighed.weights[index] ?? outOfRange(index)) / 60_000;
    let zone = bounds.length - 1; // a plain loop for speed: a month has 37,000 readings
    while (zone >= 0 && bpm < (bounds[zone] ?? outOfRange(zone))) zone--;
    if (zone < 0) below += minutes;
    else zones[zone] = (zones[zone] ?? outOfRange(zone)) + minutes;
    total += minutes;
  });
  return total === 0 ? null : { below, zones };
}
