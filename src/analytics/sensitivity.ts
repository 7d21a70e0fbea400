export type Sensitivity = "low" | "medium" | "high";

/** How far the values of a day must be from usual for an answer to report the day as unusual. */
export interface Thresholds {
  /** The threshold for a single metric: the least distance from the usual value, in standard deviations (|z|). */
  z: number;
  /**
   * The threshold for the alert value, which combines the metrics that show bodily strain (`alertValue` in strain.ts).
   */
  alert: number;
}

/**
 * The thresholds of each sensitivity. `low` reports few days and `high` reports many. `npm run evaluate` prints how
 * many illnesses each sensitivity finds, and how many false alarms it raises.
 */
export const thresholdsOf: Readonly<Record<Sensitivity, Thresholds>> = {
  high: { z: 2, alert: 2.2 },
  medium: { z: 2.5, alert: 2.8 },
  low: { z: 3, alert: 3.3 },
};
