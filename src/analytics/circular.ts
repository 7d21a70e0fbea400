/** Minutes on a clock face. */
export const minutesPerDay = 1440;

/** Below this the times point everywhere and a mean of them means nothing. */
export const leastConcentration = 0.3;

/** Where clock times gather and how tightly. */
export interface CircularSummary {
  /** Minutes after midnight, 0 ≤ mean < 1440: atan2(Σ sin, Σ cos). */
  mean: number;
  /** Minutes: 1440/2π · √(−2 ln R). */
  sd: number;
  /** R, from 0 (spread round the clock) to 1 (always the same minute). */
  concentration: number;
}

/**
 * Mean and spread of clock times, for which 23:50 and 00:10 lie 20 minutes apart (Mardia & Jupp, Directional
 * Statistics, 2000).
 * @param minutes After midnight; any real number is taken round the clock. At least one.
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
  const concentration = Math.min(1, Math.hypot(sine, cosine) / minutes.length); // rounding can pass 1
  const mean = clockAt(sine, cosine);
  const sd = (minutesPerDay / (2 * Math.PI)) * Math.sqrt(-2 * Math.log(Math.max(concentration, 1e-12)));
  return { mean, sd: Math.max(0, sd), concentration };
}

/** Radians round the clock face. */
export function clockAngle(minute: number): number {
  return (2 * Math.PI * minute) / minutesPerDay;
}

/** The minute a direction points to, by the sums of sines and cosines. */
export function clockAt(sine: number, cosine: number): number {
  return onClock((Math.atan2(sine, cosine) * minutesPerDay) / (2 * Math.PI));
}

/** 1450 → 10, −10 → 1430. */
export function onClock(minutes: number): number {
  const turned = ((minutes % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return turned === minutesPerDay ? 0 : turned;
}

/** The shorter way from one clock time to another, −720 ≤ minutes < 720; positive is later. */
export function clockDifference(to: number, from: number): number {
  return onClock(to - from + minutesPerDay / 2) - minutesPerDay / 2;
}

/**
 * Clock times laid on a line around a centre, so that ordinary statistics apply: 23:50 around midnight is −10.
 * @example unroll([1430, 10], 0) // [-10, 10]
 */
export function unroll(minutes: readonly number[], centre: number): number[] {
  return minutes.map((minute) => centre + clockDifference(minute, centre));
}
