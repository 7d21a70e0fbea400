import { sampleCorrelation } from "simple-statistics";
import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, valueAt } from "../series.ts";
import type { MetricHistory } from "../strained-nights.ts";
import { adjustForLooks } from "./false-discovery.ts";
import { type Link, type LinkedNight, type LinkResult, linkNights } from "./link.ts";

/** Something that may go with a night. */
export interface Factor {
  name: string;
  /** `yes_no`: happened before the night (1) or not (0); `amount`: how much. */
  kind: "yes_no" | "amount";
  /** By the day of waking up: what came before that night, never after. Null where that is not known. */
  beforeNight: DailySeries;
  /** Set for the weekend itself, which is otherwise taken out of every comparison. */
  isWeekend?: true;
}

/** An outcome looked at against a factor. */
export interface Look {
  outcome: string;
  factor: string;
  link: Link;
  /** The share of false finds to expect among everything at least as clear as this one. */
  q: number;
  /** Clear enough over all looks, and its interval leaves 0 out on the side the ranks point to. */
  isFound: boolean;
}

export interface Influences {
  /** Every pair that could be judged: outcomes in their order, factors in theirs. */
  looks: readonly Look[];
  /** Pairs that could not, and why. */
  unjudged: readonly { outcome: string; factor: string; result: Exclude<LinkResult, Link> }[];
}

/** At most one find in ten is to be expected false. */
export const falseDiscoveryRate = 0.1;

/**
 * Which of many things go with better or worse nights: every outcome against every factor, judged together, so that
 * looking often does not find more by chance. What goes together need not cause one another.
 * @param outcomes Night metrics by the day of waking up.
 * @param range Days of waking up.
 * @example findInfluences(outcomes, factors, range).looks.filter(({ isFound }) => isFound)
 */
export function findInfluences(
  outcomes: readonly MetricHistory[],
  factors: readonly Factor[],
  range: DayRange,
): Influences {
  const results = outcomes.flatMap(({ metric, series }) =>
    factors.map((factor) => ({
      outcome: metric,
      factor: factor.name,
      result: linkNights(joinNights(series, factor, range), {
        factorKind: factor.kind,
        takesOutWeekend: factor.isWeekend !== true,
      }),
    })),
  );
  const judged = results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [{ ...pair, link: result }] : []));
  const qs = adjustForLooks(judged.map(({ link }) => link.p));
  return {
    looks: judged.map((look, index) => ({ ...look, q: qs[index] ?? 1, isFound: isFound(look.link, qs[index] ?? 1) })),
    unjudged: results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [] : [{ ...pair, result }])),
  };
}

/**
 * How much two factors fall on the same nights: the correlation of the nights both are known for. What comes together
 * cannot be told apart.
 * @returns From −1 to 1; 0 where one of them never changes.
 */
export function overlapOf(one: Factor, other: Factor, range: DayRange): number {
  const nights = joinNights(one.beforeNight, other, range);
  if (nights.length < 2) return 0;
  const correlation = sampleCorrelation(
    nights.map(({ outcome }) => outcome),
    nights.map(({ factor }) => factor),
  );
  return Number.isFinite(correlation) ? correlation : 0;
}

function joinNights(series: DailySeries, { beforeNight }: Factor, range: DayRange): LinkedNight[] {
  const { first, last } = dayNumbers(range);
  const nights: LinkedNight[] = [];
  for (let day = first; day <= last; day++) {
    const [factor, outcome] = [valueAt(beforeNight, day), valueAt(series, day)];
    if (factor !== null && outcome !== null) nights.push({ day, factor, outcome });
  }
  return nights;
}

function isFound({ low, high, correlation }: Link, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
