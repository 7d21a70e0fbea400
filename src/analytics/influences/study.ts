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

/** The result of the regression of one outcome (a metric of the night) on one factor (something before the night). */
export interface Result {
  outcome: string;
  factor: string;
  result: RegressionResult;
}

/** One outcome (a metric of the night), prepared for comparisons with every factor (something before the night). */
export interface Study {
  outcome: string;
  /**
   * Regresses the outcome on every factor. The covariates are the `selected` factors, but no factor is its own
   * covariate.
   */
  compare(selected: readonly string[]): readonly Result[];
}

/**
 * Prepares the comparisons of outcomes (metrics of the night) with every factor (something before the night). Each
 * comparison uses the nights for which both the outcome and the factor are known.
 * @param range The days whose outcomes are compared.
 * @returns A function. It takes the name of an outcome and its daily values in the outcome's unit, each value listed
 * under the day of waking up. It returns a study, whose method `compare` gives one result for each factor, in the order
 * of `factors`. The result is `too_few_nights` if there are too few nights with the factor or without the factor.
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
 * Returns a function that adjusts the outcome (a metric of the night) for the comparison with one factor (something
 * before the night). The adjustment subtracts the effects of the weekend and of the covariates, but never the effect of
 * the compared factor. To save time, all factors that are neither the weekend nor a covariate share one adjustment.
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
