import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { describeExposure, type Exposure, type LinkResult, linkNights } from "./link.ts";
import {
  type AdjustedOutcome,
  adjustOutcome,
  createCovariate,
  createNights,
  estimateNightAutocorrelation,
  type Nights,
  whitenNights,
} from "./nights.ts";

/** The comparison of one outcome with one factor. */
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
      const adjustmentsOf = once(
        (nights: Nights) => nights,
        (nights) => adjustFor(nights, phi, covariates),
      );
      return subjects.map(({ factor, nights, exposure }) => ({
        outcome,
        factor: factor.name,
        result: linkNights(nights, exposure, () => adjustmentsOf(nights)(factor)),
      }));
    },
  };
}

/**
 * Returns a function that adjusts the outcome for the comparison with a factor. The weekend and the covariates are
 * subtracted, but never the compared factor itself. So most factors share one adjusted outcome, and the weekend and each
 * covariate have one of their own.
 */
function adjustFor(nights: Nights, phi: number, covariates: readonly Factor[]): (factor: Factor) => AdjustedOutcome {
  const whitened = whitenNights(nights, phi);
  const placed = covariates.map((covariate) => ({
    name: covariate.name,
    values: createCovariate(place(covariate, nights)),
  }));
  const othersThan = ({ name }: Factor) => placed.filter((covariate) => covariate.name !== name);
  return once(
    (factor) => JSON.stringify([factor.isWeekend ?? false, othersThan(factor).map(({ name }) => name)]),
    (factor) =>
      adjustOutcome(
        whitened,
        !factor.isWeekend,
        othersThan(factor).map(({ values }) => values),
      ),
  );
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
  const nightsWhere = once(
    (isKnown: readonly boolean[]) => measured.flatMap(({ day }, index) => (isKnown[index] ? [] : [day])).join(),
    (isKnown) => {
      const known = measured.filter((_, index) => isKnown[index]);
      return createNights(
        known.map(({ day }) => day),
        known.map(({ value }) => value),
      );
    },
  );
  const all = nightsWhere(measured.map(() => true));
  const subjects = factors.map((factor) => {
    const before = place(factor, all);
    const exposure = describeExposure(
      before.filter((value) => value !== null),
      factor.kind,
    );
    return { factor, nights: nightsWhere(before.map((value) => value !== null)), exposure };
  });
  return { all, subjects };
}

/** A function that computes its result once for each key. */
function once<Argument, Value>(
  keyOf: (argument: Argument) => unknown,
  compute: (argument: Argument) => Value,
): (argument: Argument) => Value {
  const results = new Map<unknown, { value: Value }>();
  return (argument) => {
    const key = keyOf(argument);
    const result = results.get(key) ?? { value: compute(argument) };
    results.set(key, result);
    return result.value;
  };
}
