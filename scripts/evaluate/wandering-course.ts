import { type Random, randomFor } from "../../sandbox/people/random.ts";

/** What moves a metric of a person from day to day, apart from what is planted. */
export interface Course {
  /** How much a day resembles the one before. */
  phi: number;
  /** λ. It is called `slowShare` in src, but the name of this property is part of the seeds of the figures in docs/analytics.md. */
  wander: number;
  /** Innovations with the tails of Student's t with 5 degrees of freedom. Normal unless said. */
  hasHeavyTails?: boolean;
  /** A wave of .4 SD with a period of 150 to 365 days. */
  drifts?: boolean;
  /** Two nights a month that are 1.7 SD higher. */
  hasLifestyleNights?: boolean;
  /** An illness of eight nights, 1.3 to 3.5 SD high at its worst, that begins on this day. */
  illAt?: number;
  /** 13 of 28 days are .65 SD higher. */
  hasCycle?: boolean;
}

const illnessCourse = [0.35, 0.8, 1, 1, 0.8, 0.55, 0.35, 0.2];

/** Daily values around 0, in standard deviations. */
export function generateCourse(name: string, days: number, course: Course): number[] {
  const { phi, wander, hasHeavyTails = false, drifts, hasLifestyleNights, illAt, hasCycle } = course;
  const random = randomFor(name);
  const quick = autoregress(random, days, phi, hasHeavyTails);
  // Not only the correlation that the method assumes (.97).
  const slow = autoregress(random, days, random.between(0.95, 0.99), false);
  const period = random.between(150, 365);
  const phase = random.between(0, 2 * Math.PI);
  const cyclePhase = random.integer(0, 27);
  const illness = random.between(1.3, 3.5);
  return Array.from({ length: days }, (_, day) => {
    const own = Math.sqrt(1 - wander) * (quick[day] ?? 0) + Math.sqrt(wander) * (slow[day] ?? 0);
    const drift = drifts ? 0.4 * Math.sin((2 * Math.PI * day) / period + phase) : 0;
    const lifestyle = hasLifestyleNights && random.chance(2 / 30) ? 1.7 : 0;
    const ill = illAt === undefined ? 0 : illness * (illnessCourse[day - illAt] ?? 0);
    const cycle = hasCycle && (day + cyclePhase) % 28 < 13 ? 0.65 : 0;
    return own + drift + lifestyle + ill + cycle;
  });
}

/** AR(1) of unit variance, stationary from its first value. */
function autoregress(random: Random, days: number, phi: number, hasHeavyTails: boolean): number[] {
  let state = random.normal();
  return Array.from({ length: days }, () => {
    const value = state;
    state = phi * state + Math.sqrt(1 - phi * phi) * (hasHeavyTails ? random.heavyTailed() : random.normal());
    return value;
  });
}
