import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { describeExposure, type Exposure, isTooFew, type LinkResult, linkNights } from "./link.ts";
import {
  type AdjustedOutcome,
  adjustOutcome,
  createCovariate,
  createNights,
  estimateNightAutocorrelation,
  type Nights,
  whitenNights,
} from "./nights.ts";

export interface Result {
  outcome: string;
  factor: string;
  result: LinkResult;
}

/** The comparisons of one outcome with every factor. */
export interface Study {
  outcome: string;
  /** Compares the outcome by every factor, with the factors in `taken` (except the compared one) as covariates. */
  compare(taken: readonly string[]): readonly Result[];
}

/** A factor with the nights for which it and the outcome are known. */
interface Subject {
  factor: Factor;
  /** The same object for all factors with the same known nights, so that it is adjusted once. */
  nights: Nights;
  exposure: Exposure;
}

/**
 * Prepares the comparisons of one outcome with every factor, each over the nights for which both are known.
 * @param series The outcome by day, in its unit. Of a night, the day is that of its morning.
 * @param range The days whose outcomes are compared.
 * @returns `compare` gives one result for each factor, in their order: `too_few_nights` where a side has too few.
 * @example studyOutcome("hrv", series, [alcohol, lateMeals], range).compare(["late_meals"])
 * // [{ outcome: "hrv", factor: "alcohol", result: { kind: "link", difference: -6.2, … } }, …]
 */
export function studyOutcome(outcome: string, series: DailySeries, factors: readonly Factor[], range: DayRange): Study {
  const { all, subjects } = joinNights(series, factors, range);
  return {
    outcome,
    compare(taken) {
      const covariates = factors.filter(({ name }) => taken.includes(name));
      const phi = estimateNightAutocorrelation(
        all,
        covariates.map((covariate) => createCovariate(place(covariate, all))),
      );
      const adjustedOf = new Map(
        [...new Set(subjects.map(({ nights }) => nights))].map((nights) => [
          nights,
          prepareOutcomes(nights, phi, covariates),
        ]),
      );
      return subjects.map(({ factor, nights, exposure }) => {
        const { nWith, nWithout } = exposure;
        const adjusted = isTooFew(exposure) ? undefined : adjustedOf.get(nights)?.(factor);
        const result: LinkResult = adjusted
          ? linkNights(nights, exposure, adjusted)
          : { kind: "too_few_nights", nWith, nWithout };
        return { outcome, factor: factor.name, result };
      });
    },
  };
}

/** Returns the adjusted outcome for a factor. All factors share one, except the weekend and the covariates themselves. */
function prepareOutcomes(
  nights: Nights,
  phi: number,
  covariates: readonly Factor[],
): (factor: Factor) => AdjustedOutcome {
  const whitened = whitenNights(nights, phi);
  const placed = covariates.map((covariate) => ({ ...covariate, values: createCovariate(place(covariate, nights)) }));
  const known = new Map<string, AdjustedOutcome>();
  return ({ name, isWeekend }) => {
    const others = placed.filter((covariate) => covariate.name !== name);
    const key = [isWeekend ? "" : "weekend", ...others.map((other) => other.name)].join("\n");
    const adjusted =
      known.get(key) ??
      adjustOutcome(
        whitened,
        !isWeekend,
        others.map(({ values }) => values),
      );
    known.set(key, adjusted);
    return adjusted;
  };
}

/** The factor's value before each night; null where unknown. */
function place({ beforeNight }: Factor, { days }: Nights): (number | null)[] {
  return days.map((day) => valueAt(beforeNight, day));
}

/** The nights of the outcome, and for each factor those before which it is known. */
function joinNights(
  series: DailySeries,
  factors: readonly Factor[],
  range: DayRange,
): { all: Nights; subjects: Subject[] } {
  const { first, last } = dayNumbers(range);
  const measured = observationsIn(series, first, last);
  const describe = (observations: typeof measured) =>
    createNights(
      observations.map(({ day }) => day),
      observations.map(({ value }) => value),
    );
  const all = describe(measured);
  const shared = new Map<string, Nights>([["", all]]);
  const subjects = factors.map((factor) => {
    const before = place(factor, all);
    const key = measured.flatMap(({ day }, index) => (before[index] === null ? [day] : [])).join();
    const nights = shared.get(key) ?? describe(measured.filter((_, index) => before[index] !== null));
    shared.set(key, nights);
    const exposure = describeExposure(
      before.filter((value) => value !== null),
      factor.kind,
    );
    return { factor, nights, exposure };
  });
  return { all, subjects };
}
