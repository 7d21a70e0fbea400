import { mean, medianSorted } from "simple-statistics";
import { estimateAutocorrelation } from "../autocorrelation.ts";
import { tQuantile, twoSidedP } from "../t-distribution.ts";
import { isWeekend } from "../weekday-mix.ts";
import { sortNumbers } from "../winsorise.ts";
import { rankValues } from "./ranks.ts";
import { createSetting, product, type Setting } from "./setting.ts";

/** Fewer nights than this on either side and nothing is said. */
export const leastNightsASide = 5;
/** Fewer nights in all and what goes with what cannot be told from how they happened to fall. */
export const leastNights = 28;

/** One night with what came before it and what became of it. */
export interface LinkedNight {
  /** Day number of the morning. */
  day: number;
  /** What came before: 1 or 0 of something that happened or not, else an amount. */
  factor: number;
  outcome: number;
  /** What else came before, which is taken out of both first; the same number each night, null where not known. */
  companions?: readonly (number | null)[];
}

/** How an outcome goes with a factor. */
export interface Link {
  kind: "link";
  /** Nights with, or after more than `splitAt`; nights without, or after at most that. */
  nWith: number;
  nWithout: number;
  /** Of an amount, the median that parts the two sides; null of something that happened or not. */
  splitAt: number | null;
  /** Plain means of the two sides, in the outcome's unit. */
  meanWith: number;
  meanWithout: number;
  /** With minus without like for like: the setting taken out, in the outcome's unit. */
  difference: number;
  /** 95 % interval of the difference, widened for autocorrelation. */
  low: number;
  high: number;
  /** Rank correlation, the setting taken out. */
  correlation: number;
  /**
   * Two-sided, on as many nights as the measured ones are worth: of the rank correlation, and for something that happened
   * or not the larger of that and the difference's own, so that neither order nor size alone makes a finding.
   */
  p: number;
}

export type LinkResult =
  | Link
  | { kind: "too_few_nights"; nWith: number; nWithout: number }
  /** It happens on weekends only, or only grows, so its part cannot be told from theirs. */
  | { kind: "cannot_tell_apart"; nWith: number; nWithout: number };

export interface LinkOptions {
  factorKind: "yes_no" | "amount";
  /** Unless the factor is the weekend itself. */
  takesOutWeekend: boolean;
}

/**
 * What goes with a night: a partial rank correlation for the evidence (one feverish night or one marathon must not make
 * a finding) and a difference of means for the size. Weekends, a steady drift and what the night before leaves to expect
 * are taken out first, and so are the companions: what is already known to go with the outcome. Both series may resemble their own yesterday still, and two such series correlate by chance far
 * more often than independent days would: the evidence is weighed on n(1 − r₁r₂)/(1 + r₁r₂) nights (Bartlett 1935).
 * @param nights Ascending days, at most one a day.
 * @example linkNights(nights, { factorKind: "yes_no", takesOutWeekend: true }) // { difference: 3.9, low: 2.8, …, p: 1e-9 }
 */
export function linkNights(nights: readonly LinkedNight[], options: LinkOptions): LinkResult {
  const factors = nights.map(({ factor }) => factor);
  const splitAt = options.factorKind === "amount" && factors.length > 0 ? medianSorted(sortNumbers(factors)) : null;
  const exposed = factors.map((factor) => (factor > (splitAt ?? 0) ? 1 : 0));
  const nWith = exposed.filter((side) => side === 1).length;
  const nWithout = nights.length - nWith;
  if (nights.length < leastNights || Math.min(nWith, nWithout) < leastNightsASide)
    return { kind: "too_few_nights", nWith, nWithout };

  const days = nights.map(({ day }) => day);
  const setting = createSetting(days, options.takesOutWeekend ? (day) => isWeekend(day) : null);
  const outcomes = nights.map(({ outcome }) => outcome);
  const companions = takeOutOfCompanions(nights, setting);
  const effect = measureDifference(days, exposed, outcomes, setting, companions);
  const evidence = correlateRanks(days, factors, outcomes, setting, companions);
  if (effect === null || evidence === null) return { kind: "cannot_tell_apart", nWith, nWithout };
  const meanOf = (side: number) => mean(outcomes.filter((_, index) => exposed[index] === side));
  const { pOfDifference, ...size } = effect;
  return {
    kind: "link",
    nWith,
    nWithout,
    splitAt,
    meanWith: meanOf(1),
    meanWithout: meanOf(0),
    ...size,
    correlation: evidence.correlation,
    p: options.factorKind === "yes_no" ? Math.max(pOfDifference, evidence.p) : evidence.p,
  };
}

/** What rounding leaves of a series that the setting explains wholly, as a share of its own size. */
const negligible = 1e-18;

type Companions = readonly (readonly number[])[];

/** Each companion without the setting; a night for which one is not known counts as its ordinary night. */
function takeOutOfCompanions(nights: readonly LinkedNight[], setting: Setting): Companions {
  return (nights[0]?.companions ?? []).map((_, index) => {
    const values = nights.map(({ companions }) => companions?.[index] ?? null);
    const known = values.filter((value) => value !== null);
    const ordinary = known.length > 0 ? mean(known) : 0;
    return setting.takeOut(values.map((value) => value ?? ordinary));
  });
}

/** What one pair of series costs in degrees of freedom: mean, factor, two of the night before, setting, companions. */
function costOf({ cost }: Setting, companions: Companions): number {
  return 4 + cost + companions.length;
}

interface Size extends Pick<Link, "difference" | "low" | "high"> {
  pOfDifference: number;
}

function measureDifference(
  days: readonly number[],
  exposed: readonly number[],
  outcomes: readonly number[],
  setting: Setting,
  companions: Companions,
): Size | null {
  const parts = takeOutBefore(days, setting.takeOut(exposed), setting.takeOut(outcomes), setting, companions);
  if (parts === null) return null;
  const { x, y, slope: difference, weight } = parts;
  const residuals = y.map((value, index) => value - difference * (x[index] ?? 0));
  const resemblance = autocorrelationOf(days, x) * autocorrelationOf(days, residuals);
  const inflation = (1 + resemblance) / (1 - resemblance);
  const error = Math.sqrt(
    (product(residuals, residuals) / (days.length - costOf(setting, companions)) / weight) * inflation,
  );
  const freedom = Math.max(1, days.length / inflation - costOf(setting, companions));
  const reach = tQuantile(0.975, freedom) * error;
  const pOfDifference = error > 0 ? twoSidedP(difference / error, freedom) : 1;
  return { difference, low: difference - reach, high: difference + reach, pOfDifference };
}

function correlateRanks(
  days: readonly number[],
  factors: readonly number[],
  outcomes: readonly number[],
  setting: Setting,
  companions: Companions,
): Pick<Link, "correlation" | "p"> | null {
  const ranks = [factors, outcomes].map((values) => setting.takeOut(rankValues(values))) as [number[], number[]]; // two in, two out
  const parts = takeOutBefore(days, ...ranks, setting, companions);
  if (parts === null) return null;
  const { x, y, slope, weight } = parts;
  const size = product(y, y);
  if (size <= negligible * days.length ** 3) return { correlation: 0, p: 1 }; // nights all alike go with nothing
  const correlation = Math.min(1, Math.max(-1, slope * Math.sqrt(weight / size)));
  const resemblance = autocorrelationOf(days, x) * autocorrelationOf(days, y);
  const freedom = (days.length * (1 - resemblance)) / (1 + resemblance) - costOf(setting, companions);
  const t = correlation * Math.sqrt(Math.max(0, freedom) / Math.max(1e-12, 1 - correlation ** 2));
  return { correlation, p: twoSidedP(t, freedom) };
}

interface Parts {
  x: number[];
  y: number[];
  /** Of y on x. */
  slope: number;
  /** Σ x² */
  weight: number;
}

/**
 * Takes out of both series what the night before leaves to expect: its outcome, and what had come before it. A bad night
 * may itself change what somebody does the day after; and nights explained in part by the one before leave less noise to
 * find anything in. The companions go with it for the same reason. A night whose night before was not measured has nothing to expect.
 * @returns null where nothing of x is left.
 */
function takeOutBefore(
  days: readonly number[],
  x: readonly number[],
  y: readonly number[],
  setting: Setting,
  companions: Companions,
): Parts | null {
  const before = (values: readonly number[]) =>
    setting.takeOut(days.map((day, index) => (days[index - 1] === day - 1 ? (values[index - 1] ?? 0) : 0)));
  const directions: number[][] = [];
  const rest = (values: readonly number[]) => directions.reduce<number[]>(without, [...values]);
  for (const values of [before(y), before(x), ...companions]) directions.push(rest(values));
  const [restOfX, restOfY] = [rest(x), rest(y)];
  const weight = product(restOfX, restOfX);
  if (weight <= negligible * days.length) return null;
  return { x: restOfX, y: restOfY, slope: product(restOfX, restOfY) / weight, weight };
}

/** What of `values` does not lie along `direction`. */
function without(values: readonly number[], direction: readonly number[]): number[] {
  const length = product(direction, direction);
  const slope = length > negligible * values.length ? product(values, direction) / length : 0;
  return values.map((value, index) => value - slope * (direction[index] ?? 0));
}

function autocorrelationOf(days: readonly number[], values: readonly number[]): number {
  return estimateAutocorrelation(days.map((day, index) => ({ day, value: values[index] ?? 0 })));
}
