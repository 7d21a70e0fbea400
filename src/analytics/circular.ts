export const minutesPerDay = 1440;

/**
 * A mean clock time is meaningful only if the concentration of the times is at least this number. Below it, the times
 * are spread around the whole clock.
 */
export const leastConcentration = 0.3;

/** The mean and the spread of clock times on a circle, on which 23:50 and 00:10 are 20 minutes apart. */
export interface CircularSummary {
  /**
   * The mean clock time in minutes after midnight, 0 ≤ mean < 1440. It is computed from the angle atan2(Σ sin, Σ cos).
   */
  mean: number;
  /** The circular standard deviation in minutes: 1440/2π · √(−2 ln R). R is the concentration of the times. */
  sd: number;
  /** R, from 0 (times evenly spread around the clock) to 1 (always the same minute). */
  concentration: number;
}

/**
 * Computes the circular mean and spread of clock times (Mardia & Jupp, Directional Statistics, 2000).
 * @param minutes At least one clock time, in minutes after midnight. Any real number is taken modulo 1440.
 * @example
 * summarizeClock([1430, 30]); // { mean: 10, sd: 20.01…, concentration: 0.996… }
 * summarizeClock([0, 720]).concentration < leastConcentration; // true
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
  const concentration = length > 1 - 1e-14 ? 1 : length; // rounding errors must not give equal times a spread
  const mean = clockAt(sine, cosine);
  const sd = (minutesPerDay / (2 * Math.PI)) * Math.sqrt(-2 * Math.log(Math.max(concentration, 1e-12)));
  return { mean, sd: Math.max(0, sd), concentration };
}

/**
 * The angle of a clock time on a 24-hour dial, in radians.
 * @example clockAngle(720) // 3.14159…
 */
export function clockAngle(minute: number): number {
  return (2 * Math.PI * minute) / minutesPerDay;
}

/**
 * Converts a direction on a 24-hour dial to a clock time, in minutes after midnight. The direction is given by the sums
 * of the sines and the cosines of several angles.
 * @example clockAt(1, 0) // 360
 */
export function clockAt(sine: number, cosine: number): number {
  return onClock((Math.atan2(sine, cosine) * minutesPerDay) / (2 * Math.PI));
}

/**
 * Converts any number of minutes to minutes after midnight, from 0 to below 1440.
 * @example
 * onClock(1450); // 10
 * onClock(-10); // 1430
 */
export function onClock(minutes: number): number {
  const turned = ((minutes % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return turned === minutesPerDay ? 0 : turned;
}

/**
 * The difference between two clock times in minutes, the shorter way around the clock: −720 ≤ difference < 720.
 * Positive means that `to` is later than `from`.
 * @example
 * clockDifference(10, 1430); // 20
 * clockDifference(1430, 10); // -20
 */
export function clockDifference(to: number, from: number): number {
  return onClock(to - from + minutesPerDay / 2) - minutesPerDay / 2;
}

/**
 * Places clock times on a straight line around a centre, so that ordinary statistics apply.
 * @example unroll([1430, 10], 0) // [-10, 10]
 */
export function unroll(minutes: readonly number[], centre: number): number[] {
  return minutes.map((minute) => centre + clockDifference(minute, centre));
}
