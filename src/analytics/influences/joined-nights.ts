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
   * one object, which saves time when the nights are adjusted for covariates.
   */
  nights: Nights;
  exposure: Exposure;
}

export interface JoinedNights {
  /** All nights on which the outcome (a metric of the night) was measured. */
  all: Nights;
  /** One entry for each factor (such as alcohol), in the order in which the factors were given. */
  joined: readonly JoinedFactor[];
}

/**
 * Returns a function that collects the nights on which an outcome (a metric of the night) was measured. For each
 * factor, only the nights for which the factor's value is known are kept. To save time, the nights of a factor are
 * collected only once for all outcomes that were measured on the same nights.
 */
export function joinFactors(factors: readonly Factor[], range: DayRange): (series: DailySeries) => JoinedNights {
  const { first, last } = dayNumbers(range);
  const describe = memoise(
    (measured: readonly Observation[]) => measured.map(({ day }) => day).join(),
    (measured) => factors.map((factor) => describeBefore(measured, factor)),
  );
  return (series) => {
    const measured = observationsIn(series, first, last);
    const all = nightsOf(measured);
    const without = memoise(
      (unknown: readonly number[]) => unknown.join(),
      (unknown) => {
        const left = new Set(unknown);
        return nightsOf(measured.filter((_, index) => !left.has(index)));
      },
    );
    const joined = describe(measured).map(({ factor, unknown, exposure }) => ({
      factor,
      nights: unknown.length === 0 ? all : without(unknown),
      exposure,
    }));
    return { all, joined };
  };
}

/**
 * Describes a factor (such as alcohol) before the nights of an outcome. In the result, `unknown` lists the indices of
 * the nights for which the factor's value is not known.
 */
function describeBefore(nights: readonly Observation[], factor: Factor) {
  const known: number[] = [];
  const unknown: number[] = [];
  nights.forEach(({ day }, index) => {
    const value = valueAt(factor.beforeNight, day);
    if (value === null) unknown.push(index);
    else known.push(value);
  });
  return { factor, unknown, exposure: describeExposure(known, factor.kind) };
}

function nightsOf(known: readonly Observation[]): Nights {
  return createNights(
    known.map(({ day }) => day),
    known.map(({ value }) => value),
  );
}

/** The value of a factor (such as alcohol) before each night. Null if the value is not known. */
export function valuesBefore({ days }: Nights, { beforeNight }: Factor): (number | null)[] {
  return days.map((day) => valueAt(beforeNight, day));
}
