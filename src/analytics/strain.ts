/**
 * The metrics that change together under bodily strain, such as an illness. 1 means that strain raises the metric, and
 * −1 that strain lowers it. Mishra et al. 2020 and Alavi et al. 2021 detected illness from resting heart rate alone.
 * Using several metrics gives fewer false alerts than using one.
 */
const signs = [
  ["resting_heart_rate", 1],
  ["hrv", -1],
  ["temperature_deviation", 1],
  ["breathing_rate", 1],
] as const;

type Sign = (typeof signs)[number];

export type StrainMetric = Sign[0];

export type StrainSigns = { [Each in Sign as Each[0]]: Each[1] };

export const strainSigns = Object.fromEntries(signs) as StrainSigns; // Object.fromEntries widens the keys to string

export const strainMetrics: readonly StrainMetric[] = signs.map(([metric]) => metric);

/**
 * With this type, the compiler demands an entry of `correlations` for every pair of metrics, such as
 * "resting_heart_rate hrv".
 */
type PairsOf<List extends readonly unknown[]> = List extends readonly [
  readonly [infer First extends string, unknown],
  ...infer Rest extends (readonly [string, unknown])[],
]
  ? `${First} ${Rest[number][0]}` | PairsOf<Rest>
  : never;

/**
 * Correlations between pairs of metrics over healthy nights. The sign of HRV is reversed, because strain lowers HRV but
 * raises the other metrics.
 */
const correlations: Record<PairsOf<typeof signs>, number> = {
  "resting_heart_rate hrv": 0.5,
  "resting_heart_rate temperature_deviation": 0.15,
  "resting_heart_rate breathing_rate": 0.27,
  "hrv temperature_deviation": 0.11,
  "hrv breathing_rate": 0.35,
  "temperature_deviation breathing_rate": 0.19,
};

const pairs = Object.entries(correlations).map(([pair, correlation]) => ({ metrics: pair.split(" "), correlation }));

/**
 * Upper limit of the z of one metric. Because of the limit, a faulty sensor cannot raise the strain more than a fever
 * does.
 */
const largestPart = 4;

/**
 * Upper limit of the strain that a single metric can give to one night. Two nights at this limit have an alert value of
 * 2 · 1.8 / √2.7 = 2.19. The lowest threshold for an alert is 2.2. A single metric therefore causes no alert if the
 * other metrics are at their usual values or better.
 */
const largestStrainOfOne = 1.8;

/**
 * For each metric of strain, the distance z of a night from its usual value, in standard deviations. A metric without a
 * known z is absent.
 */
export type StrainScores = Partial<Record<StrainMetric, number>>;

/**
 * The strain of one night, a single number: S = Σ max(0, min(a_i, 4, 1.8·√(1ᵀR1))) / √(1ᵀR1). a_i is the z of a metric,
 * with the sign set so that a positive value means strain. R is the correlation matrix of the metrics that are present,
 * and 1ᵀR1 is the sum of its entries. S is 0 when every metric is at its usual value.
 * @returns A number without a unit, at least 0. Null when fewer than two metrics are present.
 * @example
 * strainOf({ resting_heart_rate: 2, hrv: -2, temperature_deviation: 2, breathing_rate: 2 }); // 2.9939…
 * strainOf({ resting_heart_rate: -2, hrv: 2 }); // 0
 * strainOf({ resting_heart_rate: 2 }); // null
 */
export function strainOf(scores: StrainScores): number | null {
  const present = signsOf(scores);
  if (present.length < 2) return null;
  const names = new Set<string>(present.map(({ metric }) => metric));
  const among = pairs.filter(({ metrics }) => metrics.every((metric) => names.has(metric)));
  const variance = present.length + 2 * among.reduce((total, { correlation }) => total + correlation, 0);
  const sd = Math.sqrt(variance);
  const limit = Math.min(largestPart, largestStrainOfOne * sd);
  return present.reduce((total, { strain }) => total + Math.max(0, Math.min(strain, limit)), 0) / sd;
}

/** The distance z of each metric from its usual value, with the sign set so that a positive value means strain. */
function signsOf(scores: StrainScores): readonly { metric: StrainMetric; strain: number }[] {
  return strainMetrics.flatMap((metric) => {
    const z = scores[metric];
    return z === undefined ? [] : [{ metric, strain: strainSigns[metric] * z }];
  });
}

const leastRaised = 1;

/**
 * An alert needs at least this many signs of strain. The signs of two nights count together: those of the night itself
 * and those of the last measured night before it. If one sign were enough, noise in a single metric could look like an
 * illness.
 */
export const leastRaisedSigns = 2;

/**
 * The signs of strain of a night: the metrics that are at least one SD from their usual values, in the direction of
 * strain.
 * @example raisedSigns({ resting_heart_rate: 2, hrv: -1.2, breathing_rate: -3 }) // ["resting_heart_rate", "hrv"]
 */
export function raisedSigns(scores: StrainScores): StrainMetric[] {
  return signsOf(scores).flatMap(({ metric, strain }) => (strain >= leastRaised ? [metric] : []));
}

/**
 * The variance of the sum of two nights' strain, if each has the variance 1 and they correlate by .35: 2 · (1 + .35).
 */
const varianceOfTwoNights = 2.7;

/**
 * If neither of the two nights before was measured, the strain is divided by this number, because no other night
 * confirms it.
 */
const aloneDivisor = 1.3;

/**
 * Combines the strain of a night with the strain of the last measured night before. An illness raises the strain of
 * both nights, while a late dinner raises only one. The sum of both is divided by √2.7. If `previous` is null, the
 * strain of the night is divided by 1.3. The two divisors were chosen together with the alert thresholds, on synthetic
 * people (docs/analytics.md).
 * @param previous The strain of the last measured night. Null if the last measured night is more than two days earlier.
 * @example
 * alertValue(2, 2); // 2.434…
 * alertValue(2, null); // 1.538…
 */
export function alertValue(strain: number, previous: number | null): number {
  return previous === null ? strain / aloneDivisor : (strain + previous) / Math.sqrt(varianceOfTwoNights);
}
