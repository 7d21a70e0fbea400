/** Minutes of a full day. */
export const minutesPerDay = 1440;

/** Below this the times are spread round the whole clock and their mean is meaningless. */
export const leastConcentration = 0.3;

/** The circular mean and spread of clock times. */
export interface CircularSummary {
  /** Minutes after midnight, 0 ≤ mean < 1440: atan2(Σ sin, Σ cos). */
  mean: number;
  /** Minutes: 1440/2π · √(−2 ln R). */
  sd: number;
  /** R, from 0 (spread round the clock) to 1 (always the same minute). */
  concentration: number;
}

/**
 * Circular mean and spread of clock times: 23:50 and 00:10 are 20 minutes apart (Mardia & Jupp, Directional Statistics,
 * 2000).
 * @param minutes Minutes after midnight, at least one; any real number is taken modulo 1440.
 * @example summarizeClock([1430, 10]) // mean 0, sd about 10
 */
export function summarizeClock(minutes: readonly number[]): CircularSummary {
  let sine = 0;
  let cosine = 0;
  for (const minute of minutes) {
    const angle = clockAngle(minute);
    sine += Math.sin(angle);
    cosine += Math.cos(angle);
  }
  const length = Math.hypot(sine, cosine) / minutes.length;
  const concentration = length > 1 - 1e-14 ? 1 : length; // rounding: equal times have no spread
  const mean = clockAt(sine, cosine);
  const sd = (minutesPerDay / (2 * Math.PI)) * Math.sqrt(-2 * Math.log(Math.max(concentration, 1e-12)));
  return { mean, sd: Math.max(0, sd), concentration };
}

/** The angle of a clock time, in radians. */
export function clockAngle(minute: number): number {
  return (2 * Math.PI * minute) / minutesPerDay;
}

/** The clock time (minutes after midnight) of a direction given by its sums of sines and cosines. */
export function clockAt(sine: number, cosine: number): number {
  return onClock((Math.atan2(sine, cosine) * minutesPerDay) / (2 * Math.PI));
}

/** Minutes modulo 1440, in [0, 1440): 1450 → 10, −10 → 1430. */
export function onClock(minutes: number): number {
  const turned = ((minutes % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return turned === minutesPerDay ? 0 : turned;
}

/** The shorter difference between two clock times, −720 ≤ minutes < 720; positive is later. */
export function clockDifference(to: number, from: number): number {
  return onClock(to - from + minutesPerDay / 2) - minutesPerDay / 2;
}

/**
 * Clock times as numbers on a line around a centre, so that ordinary statistics apply: 23:50 around midnight is −10.
 * @example unroll([1430, 10], 0) // [-10, 10]
 */
export function unroll(minutes: readonly number[], centre: number): number[] {
  return minutes.map((minute) => centre + clockDifference(minute, centre));
}
