export type Sensitivity = "low" | "medium" | "high";

/** How far the values of a day must be from the usual values for an answer to report the day as unusual. */
export interface Thresholds {
  /** The least |z| of a single metric that is reported. */
  z: number;
  /** The least alert value that is reported. */
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
