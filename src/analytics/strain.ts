/**
 * Metrics that change together under bodily strain, with the direction that means strain. Mishra et al. 2020 and Alavi
 * et al. 2021 detected illness by resting heart rate alone; several weak signs together give fewer false alerts.
 */
const signs = [
  ["resting_heart_rate", 1],
  ["hrv", -1],
  ["temperature_deviation", 1],
  ["breathing_rate", 1],
] as const;

type Sign = (typeof signs)[number];

export type StrainMetric = Sign[0];

/** The direction that means strain, by metric. */
export type StrainSigns = { [Each in Sign as Each[0]]: Each[1] };

export const strainSigns = Object.fromEntries(signs) as StrainSigns; // Object.fromEntries widens closed keys

export const strainMetrics: readonly StrainMetric[] = signs.map(([metric]) => metric);

/** Every pair of a list's metrics, each once: the earlier one first. */
type PairsOf<List extends readonly unknown[]> = List extends readonly [
  readonly [infer First extends string, unknown],
  ...infer Rest extends (readonly [string, unknown])[],
]
  ? `${First} ${Rest[number][0]}` | PairsOf<Rest>
  : never;

/** Correlations over healthy nights, with each metric's sign set so that positive means strain. */
const correlations: Record<PairsOf<typeof signs>, number> = {
  "resting_heart_rate hrv": 0.5,
  "resting_heart_rate temperature_deviation": 0.15,
  "resting_heart_rate breathing_rate": 0.27,
  "hrv temperature_deviation": 0.11,
  "hrv breathing_rate": 0.35,
  "temperature_deviation breathing_rate": 0.19,
};

const pairs = Object.entries(correlations).map(([pair, correlation]) => ({ metrics: pair.split(" "), correlation }));

/** Upper limit of one metric's z, so that a broken sensor does not count for more than a fever. */
const largestPart = 4;

/**
 * Upper limit of the strain that one metric gives. Two such nights have an alert value of 2 · 1.8 / √2.7 = 2.19, below the
 * lowest threshold (2.2) and that of the guard of baselines (2.5). So one metric causes no alert while the others are at
 * their usual value or better, however many were measured. With all four measured, the limit of 4 is the lower one.
 */
const largestStrainOfOne = 1.8;

/** The z of each strain metric of a night; a metric without one is absent. Positive means above its usual value. */
export type StrainScores = Partial<Record<StrainMetric, number>>;

/**
 * The strain of one night as a single number: S = Σ max(0, min(a_i, 4, 1.8·√(1ᵀR1))) / √(1ᵀR1). a_i is z with its sign
 * set so that positive means strain, and R is the correlation matrix of the metrics present. All four at usual give 0.
 * @returns Dimensionless, at least 0; null with fewer than two metrics.
 * @example strainOf({ resting_heart_rate: 2, hrv: -2, temperature_deviation: 2, breathing_rate: 2 }) // 2.99
 */
export function strainOf(scores: StrainScores): number | null {
  const present = strainMetrics.filter((metric) => scores[metric] !== undefined);
  if (present.length < 2) return null;
  const names = new Set<string>(present);
  const among = pairs.filter(({ metrics }) => metrics.every((metric) => names.has(metric)));
  const variance = present.length + 2 * among.reduce((total, { correlation }) => total + correlation, 0);
  const sd = Math.sqrt(variance);
  const limit = Math.min(largestPart, largestStrainOfOne * sd);
  const parts = present.map((metric) => Math.max(0, Math.min(strainSigns[metric] * (scores[metric] ?? 0), limit)));
  return parts.reduce((total, part) => total + part, 0) / sd;
}

/** A sign counts as raised from this many SD in its direction of strain. */
const leastRaised = 1;

/** The fewest raised signs, over a night and the one before it, that make an alert: noise in one sign is no illness. */
export const leastRaisedSigns = 2;

/** @example raisedSigns({ resting_heart_rate: 2, hrv: -1.2, breathing_rate: -3 }) // ["resting_heart_rate", "hrv"] */
export function raisedSigns(scores: StrainScores): StrainMetric[] {
  return strainMetrics.filter((metric) => strainSigns[metric] * (scores[metric] ?? 0) >= leastRaised);
}

/** The variance of the sum of two nights' strain, each of variance 1, if they correlate by .35: 2 · (1 + .35). */
const varianceOfTwoNights = 2.7;

/** A night without one before it counts for less than its strain, because nothing confirms it. */
const aloneDivisor = 1.3;

/**
 * Combines a night's strain with that of the night before: an illness raises both, a late dinner only one. Both constants
 * were chosen together with the thresholds, on synthetic people (docs/analytics.md).
 * @param previous Strain of the last measured night, at most two days earlier; null when there is none.
 * @example alertValue(2, 2) // 2.43; alertValue(2, null) // 1.54
 */
export function alertValue(strain: number, previous: number | null): number {
  return previous === null ? strain / aloneDivisor : (strain + previous) / Math.sqrt(varianceOfTwoNights);
}
