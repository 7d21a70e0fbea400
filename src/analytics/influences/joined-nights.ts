import type { DayRange } from "../day.ts";
import { memoise } from "../memoise.ts";
import { type DailySeries, dayNumbers, type Observation, observationsIn, valueAt } from "../series.ts";
import { describeExposure, type Exposure } from "./exposure.ts";
import type { Factor } from "./factor.ts";
import { createNights, type Nights } from "./nights.ts";

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
  all: Nights;
  joined: readonly JoinedFactor[];
}

/**
 * Returns a function that collects the nights on which an outcome was measured. For each factor, only the nights for
 * which the factor's value is known are kept.
 * @example
 * const firstDay = dayNumber("2026-03-01");
 * const late = { name: "late", kind: "yes_no", beforeNight: { firstDay, values: [1, 0, null] } };
 * const join = joinFactors([late], { start: "2026-03-01", end: "2026-03-03" });
 * const { all, joined } = join({ firstDay, values: [50, 52, 54] });
 * all.outcomes; // Float64Array [50, 52, 54]
 * joined[0].nights.outcomes; // Float64Array [50, 52]
 */
export function joinFactors(factors: readonly Factor[], range: DayRange): (series: DailySeries) => JoinedNights {
  const { first, last } = dayNumbers(range);
  const describe = memoise(
    (measured: readonly Observation[]) => factors.map((factor) => describeBefore(measured, factor)),
    (measured) => measured.map(({ day }) => day).join(),
  );
  return (series) => {
    const measured = observationsIn(series, first, last);
    const all = nightsOf(measured);
    const nightsWithout = memoise(
      (unknown: readonly number[]) => {
        const leftOut = new Set(unknown);
        return nightsOf(measured.filter((_, index) => !leftOut.has(index)));
      },
      (unknown) => unknown.join(),
    );
    const joined = describe(measured).map(({ factor, unknown, exposure }) => ({
      factor,
      nights: unknown.length === 0 ? all : nightsWithout(unknown),
      exposure,
    }));
    return { all, joined };
  };
}

/** In the result, `unknown` lists the indices of the nights for which the factor's value is not known. */
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
