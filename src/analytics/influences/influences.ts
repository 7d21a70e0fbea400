import type { DayRange } from "../day.ts";
import { adjustPValues } from "../multiple-comparisons.ts";
import type { MetricHistory } from "../strained-nights.ts";
import type { Factor } from "./factor.ts";
import type { Estimate, RegressionResult } from "./regress-nights.ts";
import { createSelection, nextSelection, type Selection } from "./selection.ts";
import { type Result, type Study, studyOutcomes } from "./study.ts";

/** An outcome and a factor, by name. */
interface Pair {
  outcome: string;
  factor: string;
}

/** The comparison of one outcome with one factor. */
export interface FactorComparison extends Pair {
  /** The association, with every other finding of the same outcome as a covariate. */
  estimate: Estimate;
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
  comparisons: readonly FactorComparison[];
  /** Pairs that could not be judged, and why. */
  unjudged: readonly (Pair & { result: Exclude<RegressionResult, Estimate> })[];
  /** Pairs that are findings without covariates, but not with the other findings as covariates. */
  displaced: readonly Pair[];
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
 * @example findInfluences(outcomes, factors, range).comparisons.filter(({ isFound }) => isFound)
 */
export function findInfluences(
  outcomes: readonly MetricHistory[],
  factors: readonly Factor[],
  range: DayRange,
): Influences {
  const study = studyOutcomes(factors, range);
  let rounds: readonly Round[] = outcomes.map(({ metric, series }) =>
    compareRound(study(metric, series), createSelection()),
  );
  const alone = judge(rounds);
  let judged = alone;
  for (let next = stepAll(rounds, judged); next !== null; next = stepAll(rounds, judged)) {
    rounds = next;
    judged = judge(rounds);
  }
  const isFinding = ({ outcome, factor }: Pair) =>
    rounds.some(({ study, selection }) => study.outcome === outcome && selection.selected.includes(factor));
  return {
    comparisons: judged.comparisons.map((comparison) => ({ ...comparison, isFound: isFinding(comparison) })),
    unjudged: judged.unjudged,
    displaced: alone.comparisons
      .filter((comparison) => comparison.isFound && !isFinding(comparison))
      .map(({ outcome, factor }) => ({ outcome, factor })),
  };
}

/** An outcome compared with every factor, beside the factors selected so far. */
interface Round {
  study: Study;
  selection: Selection;
  results: readonly Result[];
}

function compareRound(study: Study, selection: Selection): Round {
  return { study, selection, results: study.compare(selection.selected) };
}

/** One step of the selection of every outcome; null when none changes. */
function stepAll(rounds: readonly Round[], { comparisons }: Judged): readonly Round[] | null {
  const next = rounds.map((round) => {
    const candidates = comparisons
      .filter(({ outcome }) => outcome === round.study.outcome)
      .map(({ factor, estimate: { p }, isFound }) => ({ factor, p, isFound }));
    const selection = nextSelection(round.selection, candidates);
    return selection === null ? round : compareRound(round.study, selection);
  });
  return next.every((round, index) => round === rounds[index]) ? null : next;
}

type Judged = Pick<Influences, "comparisons" | "unjudged">;

/** The comparisons of all outcomes, with their p values adjusted together. */
function judge(rounds: readonly Round[]): Judged {
  const results = rounds.flatMap((round) => round.results);
  const judged = results.flatMap(({ result, ...pair }) =>
    result.kind === "estimate" ? [{ ...pair, estimate: result }] : [],
  );
  const qs = adjustPValues(judged.map(({ estimate }) => estimate.p));
  return {
    comparisons: judged.map((comparison, index) => {
      const q = qs[index] ?? 1;
      return { ...comparison, q, isFound: isClear(comparison.estimate, q) };
    }),
    unjudged: results.flatMap(({ result, ...pair }) => (result.kind === "estimate" ? [] : [{ ...pair, result }])),
  };
}

function isClear({ low, high, correlation }: Estimate, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
