export type Sensitivity = "low" | "medium" | "high";

/** How far from usual a day must be to be reported. */
export interface Thresholds {
  /** |z| of one metric. */
  z: number;
  /** Alert value of the strain metrics together. */
  alert: number;
}

/** Low reports few days, high many. `npm run evaluate` prints the hits and false alarms of each. */
export const thresholdsOf: Readonly<Record<Sensitivity, Thresholds>> = {
  high: { z: 2, alert: 2.2 },
  medium: { z: 2.5, alert: 2.8 },
  low: { z: 3, alert: 3.3 },
};
