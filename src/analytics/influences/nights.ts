import { autocorrelationOf } from "../autocorrelation.ts";
import { isWeekend } from "../weekday-mix.ts";
import { type Basis, createBasis, takeOut } from "./projection.ts";
import { normalScores } from "./ranks.ts";
import { createWhitening } from "./whitening.ts";

/** Nights of one outcome. Their scores are ranked once, however often they are weighed. */
export interface Nights {
  /** Day numbers of the mornings, ascending, at most one a day. */
  days: readonly number[];
  /** In the outcome's unit. */
  outcomes: Float64Array;
  scores: Float64Array;
}

export function createNights(days: readonly number[], outcomes: readonly number[]): Nights {
  return { days, outcomes: Float64Array.from(outcomes), scores: normalScores(outcomes) };
}

/** Something else that came before each of the nights; null where not known, which counts as an ordinary night. */
export type Companion = readonly (number | null)[];

/** Nights ready to be weighed: what they would have been like anyway is taken out. */
export interface Setting {
  days: readonly number[];
  /** What is left of the outcome, in its unit and in normal scores. */
  outcomes: Float64Array;
  scores: Float64Array;
  /** Whitens a series of the same nights. */
  whiten(values: Float64Array): Float64Array;
  /** What is taken out, whitened too. */
  basis: Basis;
}

export interface SettingOptions {
  /** How much a night resembles the one before: {@link estimateLikeness}. */
  phi: number;
  /** Unless the factor is the weekend itself. */
  takesOutWeekend: boolean;
  /** What is known to go with the outcome already. */
  companions: readonly Companion[];
}

/**
 * Takes out what has nothing to do with one factor more than another: weekends, a steady drift, what is already known to
 * go with the outcome, and the likeness of a night to the one before. Much of what people do belongs to weekends, and so
 * does how they sleep; two things that both drift over a season go together without having to do with each other.
 */
export function createSetting(nights: Nights, { phi, takesOutWeekend, companions }: SettingOptions): Setting {
  const { days, outcomes, scores } = nights;
  const whiten = createWhitening(days, phi);
  const basis = createBasis(columnsOf(nights, takesOutWeekend, companions).map(whiten));
  return { days, outcomes: takeOut(basis, whiten(outcomes)), scores: takeOut(basis, whiten(scores)), whiten, basis };
}

/**
 * How much a night resembles the one before, once weekends, drift and companions are taken out. From scores, so that no
 * single night decides it.
 * @returns From 0 to 0.95.
 */
export function estimateLikeness(nights: Nights, companions: readonly Companion[]): number {
  return autocorrelationOf(nights.days, takeOut(createBasis(columnsOf(nights, true, companions)), nights.scores));
}

function columnsOf({ days }: Nights, hasWeekend: boolean, companions: readonly Companion[]): Float64Array[] {
  const middle = days[days.length >> 1] ?? 0;
  return [
    new Float64Array(days.length).fill(1),
    Float64Array.from(days, (day) => day - middle),
    ...(hasWeekend ? [Float64Array.from(days, (day) => (isWeekend(day) ? 1 : 0))] : []),
    ...companions.map(fillOrdinary),
  ];
}

function fillOrdinary(values: Companion): Float64Array {
  const known = values.filter((value) => value !== null);
  const ordinary = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return Float64Array.from(values, (value) => value ?? ordinary);
}
