import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, type Observation, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { memoise } from "./memoise.ts";
import { createNights, type Nights } from "./nights.ts";
import { describeExposure, type Exposure } from "./regress-nights.ts";

/** A factor with the nights for which it and the outcome are known. */
export interface JoinedFactor {
  factor: Factor;
  /** The same object for all factors with the same known nights, so that it is adjusted once. */
  nights: Nights;
  exposure: Exposure;
}

export interface JoinedNights {
  /** The nights of the outcome. */
  all: Nights;
  /** In the order of the factors. */
  joined: readonly JoinedFactor[];
}

/**
 * Returns a function that gives the nights of an outcome, and for each factor those before which it is known. Outcomes are
 * mostly measured on the same nights, and then what the factors were before these is described once.
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

/** What a factor was before the nights of an outcome; `unknown` are the places of those before which it is not known. */
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

/** The factor's value before each night; null where unknown. */
export function valuesBefore({ days }: Nights, { beforeNight }: Factor): (number | null)[] {
  return days.map((day) => valueAt(beforeNight, day));
}
