import { randomFor } from "../../sandbox/people/random.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { type Factor, findInfluences } from "../../src/analytics/influences/influences.ts";
import { isWeekend } from "../../src/analytics/weekday-mix.ts";
import { metrics } from "../../src/oura/metrics.ts";
import { gaussianNoise } from "./noise.ts";

/** How planted influences fared. */
export interface InfluenceScore {
  /** Of planted effects, the share with enough exposed nights: the others are neither promised nor counted below. */
  exposed: number;
  /** Of planted effects with enough exposed nights, the share found with the right sign. */
  found: number;
  /** Of planted effects, the share whose interval holds the true size. */
  covered: number;
  /** Mean over the people of false finds as a share of all finds; 0 where nothing is found. */
  falseDiscoveryRate: number;
  /** False finds of all people as a share of all finds; not what q bounds, and all of them where nothing is planted. */
  pooledFalseShare: number;
  /** False finds a person. */
  falseFinds: number;
  /** Looks a person. */
  looks: number;
}

export interface Planting {
  people: number;
  days: number;
  /** Factors that change something, and others that change nothing. */
  planted: number;
  idle: number;
  /** In standard deviations of the night's own ups and downs; signs alternate. */
  effectSds: number;
  /** How much an outcome, and a habit, resembles its yesterday. */
  phi: number;
}

/** Measured nights after the habit, from which an effect is promised to be found. */
export const leastExposedNights = 30;

/** bpm: the everyday spread of a resting heart rate. */
const spread = 2.3;
const firstDay = 20_000;

/**
 * People whose nights follow some of what they do. Habits come in runs, half of the idle ones belong to weekends, nights are longer
 * then too, everything drifts, a tenth of the nights is missing, and values are whole numbers, as in life.
 */
export function scoreInfluences(seed: string, planting: Planting): InfluenceScore {
  const { people, days, planted } = planting;
  const sum = { exposed: 0, found: 0, covered: 0, finds: 0, rate: 0, falseFinds: 0, looks: 0 };
  for (let index = 0; index < people; index++) {
    const { outcome, factors, effects } = generateHabits(`${seed} influences ${index}`, planting);
    const range = { start: isoDay(firstDay), end: isoDay(firstDay + days - 1) };
    const { looks } = findInfluences([outcome], factors, range);
    const finds = looks.filter(({ isFound }) => isFound);
    const isTrue = ({ factor, link }: (typeof looks)[number]) => (effects.get(factor) ?? 0) * link.difference > 0;
    const isExposed = ({ link }: (typeof looks)[number]) => link.nWith >= leastExposedNights;
    const right = finds.filter(isTrue).length;
    sum.exposed += looks.filter((look) => effects.has(look.factor) && isExposed(look)).length;
    sum.found += finds.filter((look) => isTrue(look) && isExposed(look)).length;
    sum.finds += finds.length;
    sum.covered += looks.filter(({ factor, link }) => {
      const effect = effects.get(factor);
      return effect !== undefined && link.low <= effect && link.high >= effect;
    }).length;
    sum.falseFinds += finds.length - right;
    sum.rate += finds.length === 0 ? 0 : (finds.length - right) / finds.length;
    sum.looks += looks.length;
  }
  return {
    exposed: planted === 0 ? Number.NaN : sum.exposed / (people * planted),
    found: planted === 0 ? Number.NaN : sum.found / sum.exposed,
    covered: planted === 0 ? Number.NaN : sum.covered / (people * planted),
    falseDiscoveryRate: sum.rate / people,
    pooledFalseShare: sum.finds === 0 ? 0 : sum.falseFinds / sum.finds,
    falseFinds: sum.falseFinds / people,
    looks: sum.looks / people,
  };
}

function generateHabits(name: string, { days, planted, idle, effectSds, phi }: Planting) {
  const random = randomFor(`${name} life`);
  const effects = new Map<string, number>();
  const noise = gaussianNoise(`${name} night`, days, phi);
  const drift = random.between(-1.5, 1.5);
  const weekendEffect = random.between(-1.5, 1.5);
  const values = noise.map(
    (value, day) => 52 + spread * value + (drift * day) / days + (isWeekend(firstDay + day) ? weekendEffect : 0),
  );
  const factors = Array.from({ length: planted + idle }, (_, index): Factor => {
    const factor = `habit ${index}`;
    const happened = generateHabit(`${name} ${factor}`, days, index >= planted && index % 2 === 0);
    if (index < planted) {
      const effect = spread * effectSds * (index % 2 === 0 ? 1 : -1);
      effects.set(factor, effect);
      happened.forEach((before, day) => {
        values[day] = (values[day] ?? 0) + effect * before;
      });
    }
    return { name: factor, kind: "yes_no", beforeNight: { firstDay, values: happened } };
  });
  const missed = randomFor(`${name} missed`);
  const series = { firstDay, values: values.map((value) => (missed.chance(0.1) ? null : Math.round(value))) };
  return {
    outcome: { metric: "resting_heart_rate", model: metrics.resting_heart_rate.model, series },
    factors,
    effects,
  };
}

/** About 35 % of the days; twice as likely on weekends where it belongs there, and more likely on the day after itself. */
function generateHabit(name: string, days: number, isForWeekends: boolean): number[] {
  const noise = gaussianNoise(name, days, 0.3);
  return noise.map((value, day) => {
    const threshold = isForWeekends ? (isWeekend(firstDay + day) ? -0.25 : 0.6) : 0.385;
    return value > threshold ? 1 : 0;
  });
}
