import { clamp } from "./arithmetic.ts";
import { type DayNumber, isWeekend, weekday } from "./calendar.ts";
import type { Life } from "./life.ts";
import { createDayMemo } from "./life-memo.ts";
import { randomFor, wander } from "./random.ts";
import { tagsOn } from "./tags.ts";

const METRICS = ["restingHeartRate", "hrv", "temperature", "breath", "spo2", "sleep", "steps"] as const;
type Metric = (typeof METRICS)[number];
/** One day's random innovation per metric: heavy-tailed, variance 1. */
type Innovations = Record<Metric, number>;

/** Latent state. Nightly values are those of the night that ends on the day; steps are those of the day. */
export interface Physiology {
  /** Lowest heart rate of the night, bpm. */
  restingHeartRate: number;
  hrv: number;
  /** Deviation from the wearer's own baseline, °C. */
  temperature: number;
  breathsPerMinute: number;
  spo2: number;
  sleepHours: number;
  steps: number;
  /** 0 well … 1 at the height of an illness. */
  illness: number;
}

/** Share of today's deviation that stays tomorrow. */
const PERSISTENCE: Record<Metric, number> = {
  restingHeartRate: 0.5,
  hrv: 0.3,
  temperature: 0.3,
  breath: 0.4,
  spo2: 0.1,
  sleep: 0,
  steps: 0.15,
};
/** bpm, ln ms, °C, breaths/min, %, h, ln steps. */
const SPREAD: Record<Metric, number> = {
  restingHeartRate: 2.3,
  hrv: 0.18,
  temperature: 0.24,
  breath: 0.42,
  spo2: 0.5,
  sleep: 1,
  steps: 0.45,
};
/**
 * Cholesky factor of the correlations between resting heart rate, HRV (downwards), temperature and breathing:
 * heart rate–HRV .5, –temperature .15, –breath .27; HRV–breath .35, –temperature .11; temperature–breath .19.
 */
const MIX: readonly (readonly number[])[] = [
  [1, 0, 0, 0],
  [0.5, 0.866, 0, 0],
  [0.15, 0.0404, 0.9879, 0],
  [0.27, 0.2483, 0.1412, 0.9195],
];
/** ln of the factor on steps, Sunday first. */
const WEEKDAY_STEPS = [-0.35, 0, 0.05, 0.02, 0.08, -0.02, 0.22];
/** Illness by night, on the scale of `illness` above. */
const ILLNESS_SHAPE = [0.35, 0.8, 1, 1, 0.8, 0.55, 0.35, 0.2] as const;
/** 0.5^20 is a millionth: older innovations no longer matter. */
const MEMORY_DAYS = 20;

const physiologies = createDayMemo<Physiology>();
const innovations = createDayMemo<Innovations>();

export function physiologyOn(life: Life, day: DayNumber): Physiology {
  return physiologies.recall(life, day, () => physiologyOf(life, day));
}

function physiologyOf(life: Life, day: DayNumber): Physiology {
  const { body, id } = life.person;
  const { seed } = life;
  const spread = Math.exp(0.25 * randomFor(seed, "spread", id).normal());
  const illness = illnessOn(life, day);
  // During an illness the usual noise is reduced, so that the planted illness is visible with any random values.
  const past = Array.from({ length: MEMORY_DAYS }, (_, lag) => innovationsOn(life, day - lag));
  const noise = (metric: Metric): number =>
    (1 - 0.7 * illness) * spread * SPREAD[metric] * autoregressive(past, metric);
  const cycle = lutealPhase(body.cycleDays, day);
  const evening = lifestyleBefore(life, day);
  const season = Math.cos((2 * Math.PI * (day - 20)) / 365.25);
  const drift = wander(day, 45, seed, "fitness");

  return {
    illness,
    restingHeartRate:
      body.restingHeartRate +
      noise("restingHeartRate") +
      0.8 * season -
      1.2 * drift +
      7 * illness +
      1.5 * cycle +
      evening.restingHeartRate,
    hrv:
      body.hrvMs *
      Math.exp(noise("hrv") - 0.03 * season + 0.06 * drift + evening.lnHrv - 0.05 * cycle) *
      (1 - 0.35 * illness),
    temperature:
      noise("temperature") + 1.1 * illness + 0.28 * (cycle - (body.cycleDays ? 0.45 : 0)) + evening.temperature,
    breathsPerMinute: body.breathsPerMinute + noise("breath") + 1.5 * illness + evening.breathsPerMinute,
    spo2: 96.4 + noise("spo2") - 0.6 * illness,
    sleepHours: clamp(body.sleepHours + noise("sleep") + (isWeekend(day) ? 0.6 : -0.1) + 0.15 * season, 4.2, 9.7),
    steps:
      body.steps *
      Math.exp(noise("steps") - 0.1 * season + 0.1 * drift + (WEEKDAY_STEPS[weekday(day)] ?? 0)) *
      (1 - 0.65 * illness),
  };
}

function illnessOn({ timeline }: Life, day: DayNumber): number {
  return timeline.illness === null ? 0 : (ILLNESS_SHAPE[day - timeline.illness.first] ?? 0);
}

/**
 * Stationary AR(1) with variance 1, as a sum over past innovations: no day depends on where the history starts.
 * @param past innovations of the day and of those before it, newest first
 */
function autoregressive(past: readonly Innovations[], metric: Metric): number {
  const persistence = PERSISTENCE[metric];
  let sum = 0;
  let weight = Math.sqrt(1 - persistence ** 2);
  for (const innovations of past) {
    if (weight <= 1e-6) break;
    sum += weight * innovations[metric];
    weight *= persistence;
  }
  return sum;
}

function innovationsOn(life: Life, day: DayNumber): Innovations {
  return innovations.recall(life, day, () => {
    const random = randomFor(life.seed, "innovation", day);
    const independent = [0, 0, 0, 0].map(() => random.heavyTailed());
    const [restingHeartRate = 0, hrvDown = 0, temperature = 0, breath = 0] = MIX.map((row) =>
      row.reduce((sum, share, i) => sum + share * (independent[i] ?? 0), 0),
    );
    return {
      restingHeartRate,
      hrv: -hrvDown,
      temperature,
      breath,
      spo2: random.heavyTailed(),
      sleep: random.normal(),
      steps: random.heavyTailed(),
    };
  });
}

/** Effects of the evening before on the night that ends on `day`. */
function lifestyleBefore(life: Life, day: DayNumber) {
  const evening = tagsOn(life, day - 1);
  const alcohol = evening.alcohol ? 1 : 0;
  const lateMeal = evening.lateMeal ? 1 : 0;
  return {
    restingHeartRate: 4 * alcohol + 2 * lateMeal,
    lnHrv: -0.22 * alcohol - 0.07 * lateMeal,
    temperature: 0.1 * alcohol,
    breathsPerMinute: 0.25 * alcohol,
  };
}

/** 1 in the 13 days after ovulation, else 0. */
function lutealPhase(cycleDays: number | null, day: DayNumber): number {
  return cycleDays !== null && day % cycleDays >= cycleDays - 13 ? 1 : 0;
}
