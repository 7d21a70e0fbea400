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
 * looking often does not find more by chance. The clearest find of an outcome stands as it is; the rest is then weighed
 * with it taken out, and so on until nothing more is found (forward selection). Nights explained in part leave less noise
 * to find the next thing in, and what merely comes along with a find is no find of its own. What goes together need not
 * cause one another.
 * @param outcomes Night metrics by the day of waking up.
 * @param range Days of waking up.
 * @example findInfluences(outcomes, factors, range).looks.filter(({ isFound }) => isFound)
 */
export function findInfluences(
  outcomes: readonly MetricHistory[],
  factors: readonly Factor[],
  range: DayRange,
): Influences {
  const studies = outcomes.map(({ metric, series }) => studyOutcome(metric, series, factors, range));
  for (;;) {
    const judged = judge(studies.flatMap(({ results }) => results()));
    const clearest = studies.map((study) => clearestNewFind(judged.looks, study));
    if (clearest.every((find) => find === null)) return judged;
    clearest.forEach((find, index) => {
      if (find) studies[index]?.settle(find);
    });
  }
}

interface Result {
  outcome: string;
  factor: string;
  result: LinkResult;
}

/** One outcome against every factor, what is already found of it taken out of the rest. */
interface Study {
  outcome: string;
  isSettled(factor: string): boolean;
  settle(find: Look): void;
  results(): readonly Result[];
}

function studyOutcome(outcome: string, series: DailySeries, factors: readonly Factor[], range: DayRange): Study {
  const settled = new Map<string, Link>();
  const lookAtAll = () => {
    const companions = factors.filter(({ name }) => settled.has(name));
    return factors.map((factor) => ({
      outcome,
      factor: factor.name,
      result:
        settled.get(factor.name) ??
        linkNights(joinNights(series, factor, range, companions), {
          factorKind: factor.kind,
          takesOutWeekend: factor.isWeekend !== true,
        }),
    }));
  };
  let results = lookAtAll();
  return {
    outcome,
    isSettled: (factor) => settled.has(factor),
    settle({ factor, link }) {
      settled.set(factor, link);
      results = lookAtAll();
    },
    results: () => results,
  };
}

function clearestNewFind(looks: readonly Look[], { outcome, isSettled }: Study): Look | null {
  const finds = looks.filter((look) => look.outcome === outcome && look.isFound && !isSettled(look.factor));
  return finds.toSorted((one, other) => one.link.p - other.link.p)[0] ?? null;
}

function judge(results: readonly Result[]): Influences {
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

function joinNights(
  series: DailySeries,
  { beforeNight }: Factor,
  range: DayRange,
  others: readonly Factor[] = [],
): LinkedNight[] {
  const { first, last } = dayNumbers(range);
  const nights: LinkedNight[] = [];
  for (let day = first; day <= last; day++) {
    const [factor, outcome] = [valueAt(beforeNight, day), valueAt(series, day)];
    if (factor === null || outcome === null) continue;
    const companions = others.map((other) => valueAt(other.beforeNight, day));
    nights.push({ day, factor, outcome, companions });
  }
  return nights;
}

function isFound({ low, high, correlation }: Link, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
