export type Sensitivity = "low" | "medium" | "high";

/** How far the values of a day must be from the usual values for an answer to report the day as unusual. */
export interface Thresholds {
  /**
   * The threshold for a single metric: the least distance from the usual value that is reported, in standard deviations
   * (|z|).
   */
  z: number;
  /** The threshold for the alert value, a number that rises with signs of illness (`alertValue` in strain.ts). */
  alert: number;
}

/**
 * The thresholds for reporting a day as unusual, for each sensitivity. `low` reports few days and `high` reports many.
 * `npm run evaluate` prints how many synthetic illnesses each sensitivity finds, and how many alerts it gives without
 * an illness.
 */
export const thresholdsOf: Readonly<Record<Sensitivity, Thresholds>> = {
  high: { z: 2, alert: 2.2 },
  medium: { z: 2.5, alert: 2.8 },
  low: { z: 3, alert: 3.3 },
};
