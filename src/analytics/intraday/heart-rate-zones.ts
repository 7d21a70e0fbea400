import { type HeartRateRow, weigh } from "./heart-rate.ts";

/** The heart rates at which zones 1 to 5 begin, as shares of the maximum heart rate. */
export const zoneShares: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9];

export interface ZoneMinutes {
  /** The minutes with a heart rate below zone 1. */
  below: number;
  /** The minutes in zone 1 to zone 5. Heart rates above the maximum count in zone 5. */
  zones: readonly number[];
}

/**
 * The usual estimate of the maximum heart rate in bpm from the age (Tanaka, Monahan and Seals 2001). The true maximum
 * of a single person can be about ten bpm higher or lower.
 * @example maximumFromAge(38) // 181
 */
export function maximumFromAge(age: number): number {
  return Math.round(208 - 0.7 * age);
}

/**
 * The minutes in each heart rate zone. Each reading counts for the time to the next reading, but for ten minutes at
 * most. Means of the heart rate are computed with the same weights.
 * @param rows Readings in any order. Readings outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms. The interval ends just before this instant.
 * @param maximum The maximum heart rate in bpm.
 * @returns Null when no time was measured.
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
    const minutes = (weighed.weights[index] ?? 0) / 60_000;
    let zone = bounds.length - 1; // a plain loop for speed: a month has 37,000 readings
    while (zone >= 0 && bpm < (bounds[zone] ?? 0)) zone--;
    if (zone < 0) below += minutes;
    else zones[zone] = (zones[zone] ?? 0) + minutes;
    total += minutes;
  });
  return total === 0 ? null : { below, zones };
}
