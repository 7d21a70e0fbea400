import type { DayRange } from "../day.ts";
import type { DailySeries } from "../series.ts";
import type { Factor } from "./factor.ts";
import { joinNights, valuesBefore } from "./joined-nights.ts";
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
   * Regresses the outcome on every factor. The covariates are the `selected` factors. A factor is not its own
   * covariate.
   */
  compare(selected: readonly string[]): readonly Result[];
}

/**
 * Prepares the comparisons of one outcome (a metric of the night) with every factor (something before the night). Each
 * comparison uses the nights for which both the outcome and the factor are known.
 * @param series The outcome in its unit, by day. A night belongs to the day of its morning.
 * @param range The days whose outcomes are compared.
 * @returns `compare` gives one result for each factor, in the order of `factors`. The result is `too_few_nights` if too
 * few nights with or without the factor are known.
 * @example studyOutcome("hrv", series, [alcohol, lateMeals], range).compare(["late_meals"])
 * // [{ outcome: "hrv", factor: "alcohol", result: { kind: "estimate", difference: -6.2, … } }, …]
 */
export function studyOutcome(outcome: string, series: DailySeries, factors: readonly Factor[], range: DayRange): Study {
  const { all, joined } = joinNights(series, factors, range);
  return {
    outcome,
    compare(selected) {
      const covariates = factors.filter(({ name }) => selected.includes(name));
      const phi = estimateNightAutocorrelation(
        all,
        covariates.map((covariate) => createCovariate(valuesBefore(all, covariate))),
      );
      const adjustmentsOf = memoise(
        (nights: Nights) => nights,
        (nights) => adjustFor(nights, phi, covariates),
      );
      return joined.map(({ factor, nights, exposure }) => ({
        outcome,
        factor: factor.name,
        result: regressNights(nights, exposure, () => adjustmentsOf(nights)(factor)),
      }));
    },
  };
}

/**
 * Returns a function that adjusts the outcome (a metric of the night) for the comparison with a factor (something
 * before the night). The adjustment subtracts the effects of the weekend and of the covariates, but never that of the
 * compared factor. Comparisons with the same adjustment share its result, which saves time. Only the weekend and the
 * covariates themselves need an adjustment of their own.
 */
function adjustFor(nights: Nights, phi: number, covariates: readonly Factor[]): (factor: Factor) => AdjustedOutcome {
  const whitened = whitenNights(nights, phi);
  const columns = covariates.map((covariate) => ({
    name: covariate.name,
    values: createCovariate(valuesBefore(nights, covariate)),
  }));
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
