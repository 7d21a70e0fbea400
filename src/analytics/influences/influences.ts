import type { DayRange } from "../day.ts";
import type { MetricHistory } from "../strained-nights.ts";
import type { Factor } from "./factor.ts";
import { adjustPValues } from "./false-discovery.ts";
import type { Link, LinkResult } from "./link.ts";
import { type Result, type Study, studyOutcome } from "./study.ts";

/** The comparison of one outcome with one factor. */
export interface Look {
  outcome: string;
  factor: string;
  /** The association, with every other finding of the same outcome as a covariate. */
  link: Link;
  /** The expected share of false findings among all comparisons at least as clear as this one. */
  q: number;
  /**
   * Whether it is a finding: q is at most {@link falseDiscoveryRate} with the other findings as covariates, and the
   * interval of the difference excludes 0 on the side of the rank correlation.
   */
  isFound: boolean;
}

export interface Influences {
  /** Every pair that could be judged, in the order of outcomes, then factors. */
  looks: readonly Look[];
  /** Pairs that could not be judged, and why. */
  unjudged: readonly { outcome: string; factor: string; result: Exclude<LinkResult, Link> }[];
  /** Pairs that are findings without covariates, but not with the other findings as covariates. */
  displaced: readonly { outcome: string; factor: string }[];
}

/**
 * The largest q of a finding. The promised expected share of false findings is one in ten. The limit is lower, because
 * stepwise selection lets through a little more than Benjamini and Hochberg's bound.
 */
export const falseDiscoveryRate = 0.085;

/**
 * Which factors are associated with better or worse nights. Every outcome is compared with every factor, and the p
 * values of all comparisons are adjusted together.
 *
 * Findings are selected in steps (stepwise regression). In each step, the clearest factor of each outcome becomes a
 * covariate and all comparisons are computed again: the covariate reduces noise, and factors that only occur together
 * with it lose their association. A finding that loses its association beside later ones is dropped and not selected
 * again. In the end, each finding is computed with all other findings of its outcome as covariates.
 *
 * Of two factors that mostly occur on the same nights, chance may decide which one is found. Association is not
 * causation.
 * @param outcomes Night metrics by the day of waking up.
 * @param range Days of waking up.
 * @example findInfluences(outcomes, factors, range).looks.filter(({ isFound }) => isFound)
 */
export function findInfluences(
  outcomes: readonly MetricHistory[],
  factors: readonly Factor[],
  range: DayRange,
): Influences {
  const choices = outcomes.map(({ metric, series }) => startChoice(studyOutcome(metric, series, factors, range)));
  const judgeAll = () => judge(choices.flatMap(({ results }) => results()));
  const alone = judgeAll();
  let judged = alone;
  while (choices.map((choice) => choice.step(judged.looks)).includes(true)) judged = judgeAll();
  const looks = judged.looks.map((look) => ({
    ...look,
    isFound: choices.some(({ outcome, taken }) => outcome === look.outcome && taken().includes(look.factor)),
  }));
  const isFind = (outcome: string, factor: string) =>
    looks.some((look) => look.isFound && look.outcome === outcome && look.factor === factor);
  return {
    looks,
    unjudged: judged.unjudged,
    displaced: alone.looks
      .filter(({ isFound, outcome, factor }) => isFound && !isFind(outcome, factor))
      .map(({ outcome, factor }) => ({ outcome, factor })),
  };
}

/** The state of the stepwise selection for one outcome. */
interface Choice {
  outcome: string;
  taken(): readonly string[];
  results(): readonly Result[];
  /**
   * Drops the weakest selected factor that is no finding any more, or selects the clearest new one. False when done.
   */
  step(looks: readonly Look[]): boolean;
}

function startChoice({ outcome, compare }: Study): Choice {
  let taken: string[] = [];
  // A dropped factor is not selected again: otherwise two factors that displace each other would alternate for ever.
  const putBack = new Set<string>();
  let results = compare(taken);
  const setTaken = (names: string[]): true => {
    taken = names;
    results = compare(taken);
    return true;
  };
  return {
    outcome,
    taken: () => taken,
    results: () => results,
    step(looks) {
      const own = new Map(looks.filter((look) => look.outcome === outcome).map((look) => [look.factor, look]));
      const pOf = (name: string) => own.get(name)?.link.p ?? 1;
      const [lost] = taken.filter((name) => !own.get(name)?.isFound).toSorted((one, other) => pOf(other) - pOf(one));
      if (lost !== undefined) {
        putBack.add(lost);
        return setTaken(taken.filter((name) => name !== lost));
      }
      const [next] = [...own.values()]
        .filter(({ factor, isFound }) => isFound && !taken.includes(factor) && !putBack.has(factor))
        .toSorted((one, other) => one.link.p - other.link.p);
      return next !== undefined && setTaken([...taken, next.factor]);
    },
  };
}

function judge(results: readonly Result[]): Pick<Influences, "looks" | "unjudged"> {
  const judged = results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [{ ...pair, link: result }] : []));
  const qs = adjustPValues(judged.map(({ link }) => link.p));
  return {
    looks: judged.map((look, index) => ({ ...look, q: qs[index] ?? 1, isFound: isClear(look.link, qs[index] ?? 1) })),
    unjudged: results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [] : [{ ...pair, result }])),
  };
}

function isClear({ low, high, correlation }: Link, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
