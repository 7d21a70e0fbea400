import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, type Observation, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { memoise } from "./memoise.ts";
import { createNights, type Nights } from "./nights.ts";
import { describeExposure, type Exposure } from "./regress-nights.ts";

/**
 * A factor (something before a night, such as alcohol), with the nights for which both the factor and the outcome are
 * known.
 */
export interface JoinedFactor {
  factor: Factor;
  /**
   * The nights for which both the factor and the outcome are known. Factors that are known for the same nights share
   * one object, so that these nights are adjusted for covariates only once.
   */
  nights: Nights;
  exposure: Exposure;
}

export interface JoinedNights {
  /** All nights on which the outcome (a metric of the night) was measured. */
  all: Nights;
  /** One entry for each factor, in the order of the factors. */
  joined: readonly JoinedFactor[];
}

/**
 * Collects the nights on which an outcome (a metric of the night) was measured. For each factor, only the nights for
 * which the factor's value is known are kept.
 */
export function joinNights(series: DailySeries, factors: readonly Factor[], range: DayRange): JoinedNights {
  const { first, last } = dayNumbers(range);
  const measured = observationsIn(series, first, last);
  const nightsOf = memoise(
    (known: readonly Observation[]) => known.map(({ day }) => day).join(),
    (known) =>
      createNights(
        known.map(({ day }) => day),
        known.map(({ value }) => value),
      ),
  );
  const all = nightsOf(measured);
  const joined = factors.map((factor) => {
    const values = valuesBefore(all, factor);
    const exposure = describeExposure(
      values.filter((value) => value !== null),
      factor.kind,
    );
    return { factor, nights: nightsOf(measured.filter((_, index) => values[index] !== null)), exposure };
  });
  return { all, joined };
}

/** The factor's value before each night. Null if the value is not known. */
export function valuesBefore({ days }: Nights, { beforeNight }: Factor): (number | null)[] {
  return days.map((day) => valueAt(beforeNight, day));
}
