import type { DayRange } from "../day.ts";
import type { DailySeries } from "../series.ts";
import type { Factor } from "./factor.ts";
import { joinFactors, valuesBefore } from "./joined-nights.ts";
import { memoise } from "./memoise.ts";
import {
  type AdjustedOutcome,
  adjustOutcome,
  createCovariate,
  estimateNightAutocorrelation,
  type Nights,
  whitenNights,
} from "./nights.ts";
import { type RegressionResult, regressNights } from "./regress-nights.ts";

/** The regression of one outcome on one factor. */
export interface Result {
  outcome: string;
  factor: string;
  result: RegressionResult;
}

/** The comparisons of one outcome with every factor. */
export interface Study {
  outcome: string;
  /** Regresses the outcome on every factor, with the `selected` factors (except the compared one) as covariates. */
  compare(selected: readonly string[]): readonly Result[];
}

/**
 * Prepares the comparisons of outcomes with every factor, each over the nights for which both are known.
 * @param range The days whose outcomes are compared.
 * @returns A function that takes an outcome and its series by day, in its unit. Of a night, the day is that of its morning.
 * `compare` gives one result for each factor, in their order: `too_few_nights` where a side has too few.
 * @example studyOutcomes([alcohol, lateMeals], range)("hrv", series).compare(["late_meals"])
 * // [{ outcome: "hrv", factor: "alcohol", result: { kind: "estimate", difference: -6.2, … } }, …]
 */
export function studyOutcomes(
  factors: readonly Factor[],
  range: DayRange,
): (outcome: string, series: DailySeries) => Study {
  const join = joinFactors(factors, range);
  return (outcome, series) => {
    const { all, joined } = join(series);
    const covariatesOf = memoise(
      (nights: Nights) => nights,
      (nights) =>
        memoise(
          (factor: Factor) => factor,
          (factor) => createCovariate(valuesBefore(nights, factor)),
        ),
    );
    return {
      outcome,
      compare(selected) {
        const covariates = factors.filter(({ name }) => selected.includes(name));
        const phi = estimateNightAutocorrelation(all, covariates.map(covariatesOf(all)));
        const adjustmentsOf = memoise(
          (nights: Nights) => nights,
          (nights) => adjustFor(nights, phi, covariates, covariatesOf(nights)),
        );
        return joined.map(({ factor, nights, exposure }) => ({
          outcome,
          factor: factor.name,
          result: regressNights(nights, exposure, () => adjustmentsOf(nights)(factor)),
        }));
      },
    };
  };
}

/**
 * Returns a function that adjusts the outcome for the comparison with a factor. The weekend and the covariates are
 * subtracted, but never the compared factor itself. So most factors share one adjusted outcome, and the weekend and each
 * covariate have one of their own.
 */
function adjustFor(
  nights: Nights,
  phi: number,
  covariates: readonly Factor[],
  valuesOf: (covariate: Factor) => Float64Array,
): (factor: Factor) => AdjustedOutcome {
  const whitened = whitenNights(nights, phi);
  const columns = covariates.map((covariate) => ({ name: covariate.name, values: valuesOf(covariate) }));
  const othersThan = ({ name }: Factor) => columns.filter((column) => column.name !== name);
  return memoise(
    (factor) => JSON.stringify([factor.isWeekend ?? false, othersThan(factor).map(({ name }) => name)]),
    (factor) =>
      adjustOutcome(
        whitened,
        !factor.isWeekend,
        othersThan(factor).map(({ values }) => values),
      ),
  );
}
