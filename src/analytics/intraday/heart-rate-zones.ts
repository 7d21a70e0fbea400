import { type HeartRateRow, weigh } from "./heart-rate.ts";

/** Each zone begins at this share of the maximum heart rate, zone 1 to zone 5. */
export const zoneShares: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9];

export interface ZoneMinutes {
  /** Below zone 1. */
  below: number;
  /** Zone 1 to zone 5; what is above the maximum is in zone 5. */
  zones: readonly number[];
}

/**
 * The usual estimate of the maximum heart rate from the age (Tanaka, Monahan and Seals 2001). Single people differ from it
 * by about ten beats either way.
 * @example maximumFromAge(38) // 181
 */
export function maximumFromAge(age: number): number {
  return Math.round(208 - 0.7 * age);
}

/**
 * The time in each zone, weighted as every mean: a row stands for the time to the next one, ten minutes at most.
 * @param rows In any order; those outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms, not included.
 * @param maximum The maximum heart rate in bpm.
 * @returns null without a measured minute.
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
    let zone = bounds.length - 1; // a loop, because a month has 37,000 rows
    while (zone >= 0 && bpm < (bounds[zone] ?? 0)) zone--;
    if (zone < 0) below += minutes;
    else zones[zone] = (zones[zone] ?? 0) + minutes;
    total += minutes;
  });
  return total === 0 ? null : { below, zones };
}
