import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { describeExposure, type Exposure, isTooFew, type LinkResult, linkNights } from "./link.ts";
import {
  createCompanion,
  createNights,
  createSetting,
  estimateNightAutocorrelation,
  type Nights,
  type Setting,
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
  /** Computes every comparison, with the factors in `taken` (except the compared one) as covariates. */
  weigh(taken: readonly string[]): readonly Result[];
}

/** A factor with the nights for which it and the outcome are known. */
interface Subject {
  factor: Factor;
  /** The same object for all factors with the same known nights, so that their setting is computed once. */
  nights: Nights;
  exposure: Exposure;
}

export function studyOutcome(outcome: string, series: DailySeries, factors: readonly Factor[], range: DayRange): Study {
  const { all, subjects } = joinNights(series, factors, range);
  return {
    outcome,
    weigh(taken) {
      const companions = factors.filter(({ name }) => taken.includes(name));
      const phi = estimateNightAutocorrelation(
        all,
        companions.map((companion) => createCompanion(place(companion, all))),
      );
      const settingsOf = new Map(
        [...new Set(subjects.map(({ nights }) => nights))].map((nights) => [
          nights,
          prepareSettings(nights, phi, companions),
        ]),
      );
      return subjects.map(({ factor, nights, exposure }) => {
        const { nWith, nWithout } = exposure;
        const setting = isTooFew(exposure) ? undefined : settingsOf.get(nights)?.(factor);
        const result: LinkResult = setting
          ? linkNights(nights, exposure, setting)
          : { kind: "too_few_nights", nWith, nWithout };
        return { outcome, factor: factor.name, result };
      });
    },
  };
}

/** Returns the setting for a factor. All factors share one, except the weekend and the companions themselves. */
function prepareSettings(nights: Nights, phi: number, companions: readonly Factor[]): (factor: Factor) => Setting {
  const whitened = whitenNights(nights, phi);
  const placed = companions.map((companion) => ({ ...companion, values: createCompanion(place(companion, nights)) }));
  const known = new Map<string, Setting>();
  return ({ name, isWeekend }) => {
    const others = placed.filter((companion) => companion.name !== name);
    const key = [isWeekend ? "" : "weekend", ...others.map((other) => other.name)].join("\n");
    const setting =
      known.get(key) ??
      createSetting(
        whitened,
        !isWeekend,
        others.map(({ values }) => values),
      );
    known.set(key, setting);
    return setting;
  };
}

function place({ beforeNight }: Factor, { days }: Nights): (number | null)[] {
  return days.map((day) => valueAt(beforeNight, day));
}

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
