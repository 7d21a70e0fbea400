import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, observationsIn, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";
import { describeExposure, type Exposure, isTooFew, type LinkResult, linkNights } from "./link.ts";
import { type Companion, createNights, createSetting, estimateLikeness, type Nights, type Setting } from "./nights.ts";

export interface Result {
  outcome: string;
  factor: string;
  result: LinkResult;
}

/** One outcome against every factor. */
export interface Study {
  outcome: string;
  /** Each factor with what is taken, itself apart, taken out of the outcome first. */
  weigh(taken: readonly string[]): readonly Result[];
}

/** A factor on the nights it and the outcome are known for. */
interface Subject {
  factor: Factor;
  /** The same object for all factors known for the same nights, so that their setting is made once. */
  nights: Nights;
  exposure: Exposure;
}

export function studyOutcome(outcome: string, series: DailySeries, factors: readonly Factor[], range: DayRange): Study {
  const { all, subjects } = joinNights(series, factors, range);
  return {
    outcome,
    weigh(taken) {
      const companionsOf = (nights: Nights, names: readonly string[]) =>
        factors.filter(({ name }) => names.includes(name)).map((companion) => place(companion, nights));
      const phi = estimateLikeness(all, companionsOf(all, taken));
      const settings = new Map<Nights, Map<string, Setting>>();
      const settingOf = ({ factor: { name, isWeekend }, nights }: Subject): Setting => {
        const others = taken.filter((other) => other !== name);
        const known = settings.get(nights) ?? new Map<string, Setting>();
        const key = [isWeekend ? "" : "weekend", ...others].join("\n");
        const setting =
          known.get(key) ??
          createSetting(nights, { phi, takesOutWeekend: !isWeekend, companions: companionsOf(nights, others) });
        settings.set(nights, known.set(key, setting));
        return setting;
      };
      return subjects.map((subject) => {
        const { factor, nights, exposure } = subject;
        const { nWith, nWithout } = exposure;
        const result: LinkResult = isTooFew(exposure)
          ? { kind: "too_few_nights", nWith, nWithout }
          : linkNights(nights, exposure, settingOf(subject));
        return { outcome, factor: factor.name, result };
      });
    },
  };
}

function place({ beforeNight }: Factor, { days }: Nights): Companion {
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
