import type { DayRange } from "../day.ts";
import { memoise } from "../memoise.ts";
import { type DailySeries, valueAt } from "../series.ts";
import { type AdjustedOutcome, adjustOutcome } from "./adjusted-outcome.ts";
import { createCovariate } from "./covariate.ts";
import type { Factor } from "./factor.ts";
import { joinFactors } from "./joined-nights.ts";
import { estimateNightAutocorrelation } from "./night-autocorrelation.ts";
import type { Nights } from "./nights.ts";
import { type RegressionResult, regressNights } from "./regress-nights.ts";

export interface Result {
  outcome: string;
  factor: string;
  result: RegressionResult;
}

export interface Study {
  outcome: string;
  /**
   * Regresses the outcome on every factor. The covariates are the factors whose names are in `selected`, but no factor
   * is its own covariate.
   */
  compare(selected: readonly string[]): readonly Result[];
}

/**
 * Prepares the comparisons of outcomes with every factor. Each comparison uses the nights for which both the outcome
 * and the factor are known. Before a comparison, the outcome is adjusted for the weekend and the covariates. If several
 * factors are known for the same nights, they share one adjustment. A factor that is itself the weekend or a covariate
 * needs an adjustment of its own.
 * @returns A function of an outcome's name and its daily values, by the day of waking up. The method `compare` of its
 * result gives one result for each factor, in the order of `factors`.
 * @example
 * const firstDay = dayNumber("2026-03-01");
 * const factorOf = (name, values) => ({ name, kind: "yes_no", beforeNight: { firstDay, values } });
 * const range = { start: "2026-03-01", end: "2026-03-03" };
 * const study = studyOutcomes([factorOf("alcohol", [1, 0, 1])], range)("hrv", { firstDay, values: [50, 58, 51] });
 * study.compare([]);
 * // [{ outcome: "hrv", factor: "alcohol", result: { kind: "too_few_nights", nWith: 2, nWithout: 1 } }]
 */
export function studyOutcomes(
  factors: readonly Factor[],
  range: DayRange,
): (outcome: string, series: DailySeries) => Study {
  const join = joinFactors(factors, range);
  return (outcome, series) => {
    const { all, joined } = join(series);
    return {
      outcome,
      compare(selected) {
        const covariates = factors.filter(({ name }) => selected.includes(name));
        const phi = estimateNightAutocorrelation(all, covariatesOf(all, covariates));
        const sharedAdjustment = memoise((nights: Nights) => adjustFor(null, nights, phi, covariates));
        return joined.map(({ factor, nights, exposure }) => {
          const hasOwnAdjustment = factor.isWeekend === true || selected.includes(factor.name);
          const adjust = () =>
            hasOwnAdjustment ? adjustFor(factor, nights, phi, covariates) : sharedAdjustment(nights);
          return { outcome, factor: factor.name, result: regressNights(nights, exposure, adjust) };
        });
      },
    };
  };
}

/**
 * Subtracts the effects of the weekend and of the covariates from the outcome. If the compared factor is itself the
 * weekend or a covariate, its effect is not subtracted.
 * @param compared The compared factor. It may be null for a factor that is neither the weekend nor a covariate.
 */
function adjustFor(
  compared: Factor | null,
  nights: Nights,
  phi: number,
  covariates: readonly Factor[],
): AdjustedOutcome {
  const others = covariates.filter(({ name }) => name !== compared?.name);
  return adjustOutcome(nights, {
    phi,
    covariates: covariatesOf(nights, others),
    adjustsForWeekend: !compared?.isWeekend,
  });
}

function covariatesOf({ days }: Nights, factors: readonly Factor[]): Float64Array[] {
  return factors.map(({ beforeNight }) => createCovariate(days.map((day) => valueAt(beforeNight, day))));
}
