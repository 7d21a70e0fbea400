import type { DayRange } from "../day.ts";
import type { MetricHistory } from "../strained-nights.ts";
import type { Factor } from "./factor.ts";
import { adjustForLooks } from "./false-discovery.ts";
import type { Link, LinkResult } from "./link.ts";
import { type Result, type Study, studyOutcome } from "./study.ts";

/** An outcome looked at against a factor. */
export interface Look {
  outcome: string;
  factor: string;
  /** With every other find of the same outcome taken out. */
  link: Link;
  /** The share of false finds to expect among everything at least as clear as this one. */
  q: number;
  /** Clear enough over all looks and beside the other finds, and its interval leaves 0 out on the side the ranks point to. */
  isFound: boolean;
}

export interface Influences {
  /** Every pair that could be judged: outcomes in their order, factors in theirs. */
  looks: readonly Look[];
  /** Pairs that could not, and why. */
  unjudged: readonly { outcome: string; factor: string; result: Exclude<LinkResult, Link> }[];
  /** Pairs that would be finds by themselves and are none beside the finds, which may stand in their place. */
  displaced: readonly { outcome: string; factor: string }[];
}

/**
 * A find has at most this q. Choosing in steps lets a little more through than Benjamini and Hochberg's bound says, so
 * it lies below the share promised: at most one find in ten is to be expected false.
 */
export const falseDiscoveryRate = 0.085;

/**
 * Which of many things go with better or worse nights: every outcome against every factor, judged together, so that
 * looking often does not find more by chance. Finds are chosen in steps. The clearest of each outcome is taken out of it,
 * and everything is weighed again: nights explained in part leave less noise to find the next thing in, and much of what
 * only comes along with a find shows nothing beside it. A find that shows nothing beside later ones is put back, for good.
 * In the end each find has been weighed with all others of its outcome taken out. Where two things mostly fall on the same
 * nights, which of them is found may be chance. What goes together need not cause one another.
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

/** The finds of one outcome while they are being chosen. */
interface Choice {
  outcome: string;
  taken(): readonly string[];
  results(): readonly Result[];
  /** Puts back the find that shows nothing beside the others, or takes the clearest new one; false where neither is left. */
  step(looks: readonly Look[]): boolean;
}

function startChoice({ outcome, weigh }: Study): Choice {
  let taken: string[] = [];
  // What was put back stays so, else two that displace each other would take turns for ever.
  const putBack = new Set<string>();
  let results = weigh(taken);
  const takeInstead = (names: string[]): true => {
    taken = names;
    results = weigh(taken);
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
        return takeInstead(taken.filter((name) => name !== lost));
      }
      const [next] = [...own.values()]
        .filter(({ factor, isFound }) => isFound && !taken.includes(factor) && !putBack.has(factor))
        .toSorted((one, other) => one.link.p - other.link.p);
      return next !== undefined && takeInstead([...taken, next.factor]);
    },
  };
}

function judge(results: readonly Result[]): Pick<Influences, "looks" | "unjudged"> {
  const judged = results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [{ ...pair, link: result }] : []));
  const qs = adjustForLooks(judged.map(({ link }) => link.p));
  return {
    looks: judged.map((look, index) => ({ ...look, q: qs[index] ?? 1, isFound: isClear(look.link, qs[index] ?? 1) })),
    unjudged: results.flatMap(({ result, ...pair }) => (result.kind === "link" ? [] : [{ ...pair, result }])),
  };
}

function isClear({ low, high, correlation }: Link, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
