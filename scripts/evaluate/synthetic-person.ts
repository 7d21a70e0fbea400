import { type Random, randomFor } from "../../sandbox/people/random.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { createSeries, type DailySeries } from "../../src/analytics/series.ts";

/** What is generated for a person; steps and total sleep only serve the methods that look at every metric. */
export const generatedMetrics = [
  "resting_heart_rate",
  "hrv",
  "temperature_deviation",
  "breathing_rate",
  "spo2",
  "total_sleep",
  "steps",
] as const;
export type GeneratedMetric = (typeof generatedMetrics)[number];

/** Typical level, spread between nights, likeness of neighbouring nights. HRV and steps are on the log scale. */
const physiology: Readonly<Record<GeneratedMetric, { level: [number, number]; sd: number; phi: number }>> = {
  resting_heart_rate: { level: [46, 66], sd: 2.3, phi: 0.5 },
  hrv: { level: [Math.log(20), Math.log(80)], sd: 0.18, phi: 0.3 },
  temperature_deviation: { level: [-0.05, 0.05], sd: 0.24, phi: 0.3 },
  breathing_rate: { level: [12.5, 17.5], sd: 0.42, phi: 0.4 },
  spo2: { level: [95.5, 98], sd: 0.5, phi: 0.1 },
  total_sleep: { level: [6.2, 7.8], sd: 1.0, phi: 0 },
  steps: { level: [Math.log(4500), Math.log(11_000)], sd: 0.45, phi: 0.15 },
};

/** Of resting heart rate, ln HRV, temperature and breathing: better HRV goes with everything else being lower. */
const correlations = [
  [1, -0.5, 0.15, 0.27],
  [-0.5, 1, -0.11, -0.35],
  [0.15, -0.11, 1, 0.19],
  [0.27, -0.35, 0.19, 1],
];

const illnessCourse = [0.35, 0.8, 1, 1, 0.8, 0.55, 0.35, 0.2];

export interface SyntheticPerson {
  firstDay: number;
  days: number;
  /** Day numbers on which an illness begins. */
  onsets: readonly number[];
  series: Readonly<Record<GeneratedMetric, DailySeries>>;
}

/** The same seed always makes the same person. `onsetIndexes` are days since the person's first. */
export function generatePerson(seed: string, days: number, onsetIndexes: readonly number[]): SyntheticPerson {
  const random = randomFor(seed);
  const firstDay = 20_000 + random.integer(0, 6);
  const noise = correlatedNoise(random, days);
  const effects = generatedMetrics.map(() => new Array<number>(days).fill(0));
  const add = (metric: GeneratedMetric, day: number, amount: number): void => {
    const row = effects[generatedMetrics.indexOf(metric)];
    if (row && day < days) row[day] = (row[day] ?? 0) + amount;
  };
  addCycle(random, days, add);
  addLifestyle(random, days, add);
  for (const onset of onsetIndexes) addIllness(random, onset, add);
  const isWorn = wearing(random, days);
  const rows = generatedMetrics.map((metric, index) => {
    const { level, sd } = physiology[metric];
    const centre = random.between(...level);
    const spread = sd * Math.exp(0.25 * random.normal());
    const drift = wave(random, 0.4 * spread);
    return createSeries(
      Array.from({ length: days }, (_, day) => {
        const own = spread * (noise[index]?.[day] ?? 0) + drift(day) + weekend(metric, firstDay + day);
        const value = centre + own + (effects[index]?.[day] ?? 0);
        return [isoDay(firstDay + day), isWorn[day] ? roundLikeOura(metric, value) : null] as const;
      }),
    );
  });
  const series = Object.fromEntries(generatedMetrics.map((metric, index) => [metric, rows[index]]));
  return {
    firstDay,
    days,
    onsets: onsetIndexes.map((onset) => firstDay + onset),
    series: series as SyntheticPerson["series"], // fromEntries forgets the keys it was given
  };
}

/** AR(1) of unit variance with t(5) innovations; the first four metrics are correlated. */
function correlatedNoise(random: Random, days: number): number[][] {
  const factor = cholesky(correlations);
  const state = generatedMetrics.map(() => 0);
  const rows = generatedMetrics.map((): number[] => []);
  const warmUp = 30;
  for (let day = -warmUp; day < days; day++) {
    const draws = generatedMetrics.map(() => studentT5(random));
    generatedMetrics.forEach((metric, index) => {
      const { phi } = physiology[metric];
      const mixed = factor[index]?.reduce((sum, weight, other) => sum + weight * (draws[other] ?? 0), 0);
      const innovation = mixed ?? draws[index] ?? 0;
      state[index] = phi * (state[index] ?? 0) + Math.sqrt(1 - phi * phi) * innovation;
      if (day >= 0) rows[index]?.push(state[index] ?? 0);
    });
  }
  return rows;
}

function studentT5(random: Random): number {
  let chiSquare = 0;
  for (let i = 0; i < 5; i++) chiSquare += random.normal() ** 2;
  return (random.normal() / Math.sqrt(chiSquare / 5)) * Math.sqrt(3 / 5);
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((row, i) => {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? made : (factor[j] ?? []);
      const dot = made.slice(0, j).reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0);
      made.push(j === i ? Math.sqrt((row[i] ?? 0) - dot) : ((row[j] ?? 0) - dot) / (other[j] ?? 1));
    }
    factor.push(made);
  });
  return factor;
}

type Add = (metric: GeneratedMetric, day: number, amount: number) => void;

/** In 45 % of people: 13 warmer days of every 25 to 32. */
function addCycle(random: Random, days: number, add: Add): void {
  if (!random.chance(0.45)) return;
  const length = random.integer(25, 32);
  const phase = random.integer(0, length - 1);
  for (let day = 0; day < days; day++) {
    if ((day + phase) % length >= 13) continue;
    add("temperature_deviation", day, 0.28);
    add("resting_heart_rate", day, 1.5);
    add("hrv", day, Math.log(0.95));
  }
}

/** A late dinner, a few drinks: two nights a month that look a little like illness. */
function addLifestyle(random: Random, days: number, add: Add): void {
  for (let day = 0; day < days; day++) {
    if (!random.chance(2 / 30)) continue;
    add("resting_heart_rate", day, 4);
    add("hrv", day, -0.22);
    add("temperature_deviation", day, 0.1);
    add("breathing_rate", day, 0.25);
  }
}

function addIllness(random: Random, onset: number, add: Add): void {
  const heartRate = random.between(3, 8);
  const hrv = Math.log(1 - random.between(0.2, 0.4));
  const temperature = random.between(0.5, 1.5);
  const breathing = random.between(1, 2);
  illnessCourse.forEach((share, night) => {
    add("resting_heart_rate", onset + night, share * heartRate);
    add("hrv", onset + night, share * hrv);
    add("temperature_deviation", onset + night, share * temperature);
    add("breathing_rate", onset + night, share * breathing);
  });
}

/** Single nights off, Beta(1.2, 18) of them per person, and now and then the ring in a drawer for some days. */
function wearing(random: Random, days: number): boolean[] {
  const missingShare = beta(random, 1.2, 18);
  const worn = Array.from({ length: days }, () => !random.chance(missingShare));
  for (let day = 0; day < days; day++) if (random.chance(1 / 120)) worn.fill(false, day, day + random.integer(2, 7));
  return worn;
}

/** Jöhnk's method: few tries for a small `a`. */
function beta(random: Random, a: number, b: number): number {
  for (;;) {
    const x = random.uniform() ** (1 / a);
    const y = random.uniform() ** (1 / b);
    if (x + y <= 1 && x + y > 0) return x / (x + y);
  }
}

/** Seasons and fitness: a slow wave of its own length and phase. */
function wave(random: Random, amplitude: number): (day: number) => number {
  const period = random.between(150, 365);
  const phase = random.between(0, 2 * Math.PI);
  return (day) => amplitude * Math.sin((2 * Math.PI * day) / period + phase);
}

/** Later to bed and less on foot from Saturday to Sunday. */
function weekend(metric: GeneratedMetric, day: number): number {
  const isWeekend = day % 7 === 2 || day % 7 === 3; // day 0 was a Thursday
  if (!isWeekend) return 0;
  return { resting_heart_rate: 0.6, total_sleep: 0.5, steps: -0.15 }[metric as string] ?? 0; // others: no entry
}

function roundLikeOura(metric: GeneratedMetric, value: number): number {
  switch (metric) {
    case "resting_heart_rate":
      return Math.round(value);
    case "hrv":
      return Math.max(1, Math.round(Math.exp(value)));
    case "temperature_deviation":
      return Math.round(value * 100) / 100;
    case "breathing_rate":
      return Math.round(value * 8) / 8;
    case "spo2":
      return Math.min(100, Math.round(value * 1000) / 1000);
    case "total_sleep":
      return Math.max(1, Math.round(value * 120) / 120);
    case "steps":
      return Math.max(1, Math.round(Math.exp(value)));
  }
}
