/**
 * Metrics that change together under bodily strain, with the direction that means strain. Mishra et al. 2020 and Alavi
 * et al. 2021 detected illness by resting heart rate alone; several weak signs together give fewer false alerts.
 */
export const strainSigns = {
  resting_heart_rate: 1,
  hrv: -1,
  temperature_deviation: 1,
  breathing_rate: 1,
} as const;

export type StrainMetric = keyof typeof strainSigns;

export const strainMetrics = Object.keys(strainSigns) as readonly StrainMetric[]; // Object.keys widens closed keys

/** Correlations over healthy nights, with each metric's sign set so that positive means strain. */
const correlations: readonly (readonly [StrainMetric, StrainMetric, number])[] = [
  ["resting_heart_rate", "hrv", 0.5],
  ["resting_heart_rate", "temperature_deviation", 0.15],
  ["resting_heart_rate", "breathing_rate", 0.27],
  ["hrv", "breathing_rate", 0.35],
  ["temperature_deviation", "breathing_rate", 0.19],
  ["hrv", "temperature_deviation", 0.11],
];

/** Upper limit of one metric's part, so that no metric can cause an alert alone. */
const largestPart = 4;

/** A night's z of each metric that has one. */
export type StrainScores = Partial<Record<StrainMetric, number>>;

/**
 * The strain of one night as a single number: S = Σ max(0, min(a_i, 4)) / √(1ᵀR1). a_i is z with its sign set so that
 * positive means strain, and R is the correlation matrix of the metrics present. All four at usual give 0.
 * @returns Dimensionless, at least 0; null with fewer than two metrics.
 * @example strainOf({ resting_heart_rate: 2, hrv: -2, temperature_deviation: 2, breathing_rate: 2 }) // 2.99
 */
export function strainOf(scores: StrainScores): number | null {
  const present = strainMetrics.filter((metric) => scores[metric] !== undefined);
  if (present.length < 2) return null;
  const sum = present.reduce((total, metric) => total + clip(strainSigns[metric] * (scores[metric] ?? 0)), 0);
  const pairs = correlations.filter(([one, other]) => present.includes(one) && present.includes(other));
  const variance = present.length + 2 * pairs.reduce((total, [, , correlation]) => total + correlation, 0);
  return sum / Math.sqrt(variance);
}

function clip(part: number): number {
  return Math.max(0, Math.min(part, largestPart));
}

/**
 * Combines a night's strain with that of the night before: an illness raises both, a late dinner only one.
 * @param previous Strain of the last measured night, at most two days earlier; null when there is none.
 * @example alertValue(2, 2) // 2.43; alertValue(2, null) // 1.54
 */
export function alertValue(strain: number, previous: number | null): number {
  return previous === null ? strain / 1.3 : (strain + previous) / Math.sqrt(2.7);
}
