import { randomFor } from "../../sandbox/people/random.ts";
import type { Factor } from "../../src/analytics/influences/factor.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { isWeekend } from "../../src/analytics/weekday.ts";

export interface Planting {
  days: number;
  /** Factors that change something, and others that change nothing. */
  planted: number;
  idle: number;
  /** In standard deviations of the night's own ups and downs; signs alternate. */
  effectSds: number;
  /** How much an outcome resembles that of the day before (the coefficient of an AR(1) process). */
  phi: number;
  /** How much a habit resembles that of the day before. Default: 0.3. */
  habitPhi?: number;
  /** Of the nights: t with 5 degrees of freedom, an illness of six nights and two bad ones a month. Normal unless said. */
  tails?: "wild";
  /** This many of the habits without an effect occur mostly on the same days as a planted habit. */
  along?: number;
  /** How much likelier a night above the usual makes every habit on the day after, in standard deviations. */
  follows?: number;
}

/** bpm: the everyday spread of a resting heart rate. */
const spread = 2.3;
export const firstDay = 20_000;

interface Habits {
  nights: DailySeries;
  factors: Factor[];
  /** bpm, by the name of the factor. */
  effects: ReadonlyMap<string, number>;
}

/**
 * A person whose nights follow some of what they do. Habits come in runs, half of the idle ones belong to weekends, nights
 * are longer then too, everything drifts, a tenth of the nights is missing, and values are whole numbers, as in life.
 */
export function generateHabits(name: string, planting: Planting): Habits {
  const { days, planted, idle, effectSds, phi, along = 0 } = planting;
  const random = randomFor(`${name} life`);
  const effects = new Map<string, number>();
  const noise = generateNoise(`${name} night`, planting, phi);
  const drift = random.between(-1.5, 1.5);
  const weekendEffect = random.between(-1.5, 1.5);
  const values = noise.map(
    (value, day) => 52 + spread * value + (drift * day) / days + (isWeekend(firstDay + day) ? weekendEffect : 0),
  );
  const habits: number[][] = [];
  for (let index = 0; index < planted + idle; index++) {
    const factor = `habit ${index}`;
    const own = generateHabit(`${name} ${factor}`, planting, noise, index >= planted && index % 2 === 0);
    const leader = index >= planted && index < planted + along ? habits[(index - planted) % planted] : undefined;
    const mix = randomFor(`${name} along ${index}`);
    const happened = own.map((before, day) => (leader !== undefined && mix.chance(0.6) ? (leader[day] ?? 0) : before));
    habits.push(happened);
    if (index >= planted) continue;
    const effect = spread * effectSds * (index % 2 === 0 ? 1 : -1);
    effects.set(factor, effect);
    happened.forEach((before, day) => {
      values[day] = (values[day] ?? 0) + effect * before;
    });
  }
  const missed = randomFor(`${name} missed`);
  return {
    nights: { firstDay, values: values.map((value) => (missed.chance(0.1) ? null : Math.round(value))) },
    factors: habits.map((list, index) => ({
      name: `habit ${index}`,
      kind: "yes_no",
      beforeNight: { firstDay, values: list },
    })),
    effects,
  };
}

/** AR(1) of unit variance, and where it is wild what a body adds now and then. */
function generateNoise(name: string, { days, tails }: Planting, phi: number): number[] {
  const random = randomFor(name);
  let state = random.normal();
  const noise = Array.from({ length: days }, () => {
    const value = state;
    state = phi * state + Math.sqrt(1 - phi * phi) * (tails === "wild" ? random.heavyTailed() : random.normal());
    return value;
  });
  if (tails !== "wild") return noise;
  const life = randomFor(`${name} ill`);
  const onset = life.integer(10, days - 15);
  const illness = [1, 2, 2.5, 2, 1.5, 0.7];
  return noise.map((value, day) => value + (illness[day - onset] ?? 0) + (life.chance(2 / 30) ? 1.7 : 0));
}

/** About 35 % of the days; twice as likely on weekends where it belongs there, and more likely on the day after itself. */
function generateHabit(name: string, planting: Planting, nights: readonly number[], isForWeekends: boolean): number[] {
  const { habitPhi = 0.3, follows = 0 } = planting;
  const leaning = generateNoise(name, { ...planting, tails: undefined }, habitPhi);
  return leaning.map((value, day) => {
    const threshold = isForWeekends ? (isWeekend(firstDay + day) ? -0.25 : 0.6) : 0.385;
    return (value + follows * (nights[day - 1] ?? 0)) / Math.sqrt(1 + follows ** 2) > threshold ? 1 : 0;
  });
}
