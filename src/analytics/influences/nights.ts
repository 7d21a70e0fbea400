import { autocorrelationOf } from "../autocorrelation.ts";
import { isWeekend } from "../weekday-mix.ts";
import { type Basis, createBasis, takeOut } from "./projection.ts";
import { normalScores } from "./ranks.ts";
import { createWhitening } from "./whitening.ts";

/** Nights of one outcome, a value a night in every list. What does not change with how they are weighed is made once. */
export interface Nights {
  /** Day numbers of the mornings, ascending, at most one a day. */
  days: readonly number[];
  /** In the outcome's unit. */
  outcomes: Float64Array;
  scores: Float64Array;
  /** What would go with any night: its own level, a steady drift, the weekend. */
  level: Float64Array;
  drift: Float64Array;
  weekend: Float64Array;
}

export function createNights(days: readonly number[], outcomes: readonly number[]): Nights {
  const middle = days[days.length >> 1] ?? 0;
  return {
    days,
    outcomes: new Float64Array(outcomes),
    scores: normalScores(outcomes),
    level: new Float64Array(days.length).fill(1),
    drift: new Float64Array(days.map((day) => day - middle)),
    weekend: new Float64Array(days.map((day) => (isWeekend(day) ? 1 : 0))),
  };
}

/** Something else that came before each of the nights; one for which that is not known counts as an ordinary night. */
export function createCompanion(values: readonly (number | null)[]): Float64Array {
  const known = values.filter((value) => value !== null);
  const ordinary = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return new Float64Array(values.map((value) => value ?? ordinary));
}

/** More rounds than this change the third decimal at most. */
const likenessRounds = 3;

/**
 * How much a night resembles the one before, once weekends, drift and companions are taken out; from scores, so that no
 * single night decides it. What is taken out is estimated again with the nights whitened by the last estimate (Cochrane &
 * Orcutt 1949): where a habit answers to the night before, plain least squares would take some of the likeness for its doing.
 * @returns From 0 to 0.95.
 */
export function estimateLikeness(nights: Nights, companions: readonly Float64Array[]): number {
  const { days, level, drift, weekend, scores } = nights;
  let phi = 0;
  for (let round = 0; round < likenessRounds; round++) {
    const { whiten, unwhiten } = createWhitening(days, phi);
    const basis = createBasis([level, drift, weekend, ...companions].map(whiten));
    phi = autocorrelationOf(days, unwhiten(takeOut(basis, whiten(scores))), 2);
  }
  return phi;
}

/** Nights of which each is as new as if it had no night before: all lists whitened. */
export interface WhitenedNights extends Nights {
  /** Whitens a series of the same nights. */
  whiten(values: Float64Array): Float64Array;
}

/** @param phi How much a night resembles the one before: {@link estimateLikeness}. */
export function whitenNights(nights: Nights, phi: number): WhitenedNights {
  const { whiten } = createWhitening(nights.days, phi);
  return {
    days: nights.days,
    outcomes: whiten(nights.outcomes),
    scores: whiten(nights.scores),
    level: whiten(nights.level),
    drift: whiten(nights.drift),
    weekend: whiten(nights.weekend),
    whiten,
  };
}

/** Nights ready to be weighed against a factor: what they would have been like anyway is taken out. */
export interface Setting {
  nights: WhitenedNights;
  /** What is taken out. */
  basis: Basis;
  /** What is left of the outcome, in its unit and in scores. */
  outcomes: Float64Array;
  scores: Float64Array;
}

/**
 * Takes out what has nothing to do with one factor more than another: weekends, a steady drift and companions, which are
 * known to go with the outcome already. Much of what people do belongs to weekends, and so does how they sleep; two things
 * that both drift over a season go together without having to do with each other.
 * @param takesOutWeekend Unless the factor is the weekend itself.
 */
export function createSetting(
  nights: WhitenedNights,
  takesOutWeekend: boolean,
  companions: readonly Float64Array[],
): Setting {
  const { level, drift, weekend, whiten, outcomes, scores } = nights;
  const basis = createBasis([level, drift, ...(takesOutWeekend ? [weekend] : []), ...companions.map(whiten)]);
  return { nights, basis, outcomes: takeOut(basis, outcomes), scores: takeOut(basis, scores) };
}
