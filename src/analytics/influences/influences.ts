import type { DayRange } from "../day.ts";
import { adjustPValues } from "../multiple-comparisons.ts";
import { outOfRange } from "../out-of-range.ts";
import type { MetricHistory } from "../strained-nights.ts";
import type { Factor } from "./factor.ts";
import type { Estimate, RegressionResult } from "./regress-nights.ts";
import { createSelection, nextSelection, type Selection } from "./selection.ts";
import { type Result, type Study, studyOutcomes } from "./study.ts";

/*
 * The terms of this folder:
 * - An outcome is a metric of the night, such as HRV.
 * - A factor is something before the night that may be associated with an outcome, such as alcohol or steps.
 * - The exposure of a list of nights to a factor says which nights are nights with the factor.
 * - A covariate is a list of values, one per night, whose effect is subtracted before an outcome and a factor are
 *   compared. Every comparison has the level, the drift and the weekend as covariates. Factors found before are added.
 * - A residual is what remains of a list of values after the effects of the covariates are subtracted.
 * - A normal score is the normal quantile of a value's rank.
 * - φ (in code `phi`) is the autocorrelation: the correlation of an outcome in consecutive nights.
 * - To whiten a list is to transform it so that consecutive nights are uncorrelated.
 * - p is the two-sided p-value of a single comparison, and q is p adjusted for the number of comparisons.
 * - A finding is a comparison that shows an association by more than chance explains.
 */

interface Pair {
  outcome: string;
  factor: string;
}

export interface FactorComparison extends Pair {
  /** The association of the outcome with the factor. The other factors found for the same outcome are covariates. */
  estimate: Estimate;
  /**
   * The p-value adjusted for the number of comparisons. Suppose that all comparisons with the same or a smaller p-value
   * are reported as findings: `q` is the share of these findings that is expected to be false.
   */
  q: number;
  /**
   * Whether this comparison is a finding: the outcome is associated with the factor by more than chance explains, after
   * adjusting for the other findings of the same outcome. A finding meets three conditions. The q of the comparison is
   * at most {@link falseDiscoveryRate}. The interval of the difference excludes 0. The difference has the same sign as
   * the correlation of outcome and factor (`estimate.correlation`).
   */
  isFound: boolean;
}

export interface Influences {
  /** Every pair of outcome and factor for which an estimate was possible, ordered by outcome and then by factor. */
  comparisons: readonly FactorComparison[];
  unjudged: readonly (Pair & { result: Exclude<RegressionResult, Estimate> })[];
  /**
   * The pairs of outcome and factor that would be findings if there were no covariates. When the findings for the same
   * outcome become covariates, such a pair loses its association.
   */
  displaced: readonly Pair[];
}

/**
 * The largest q (a p-value adjusted for the number of comparisons) of a result that is reported. The aim is that, on
 * average, at most one in ten reported results is false. The procedure of Benjamini and Hochberg alone would reach this
 * aim with a limit of .1. The limit is lower, because selecting factors in steps gives a few more false results.
 */
export const falseDiscoveryRate = 0.085;

/**
 * Finds the factors that are associated with better or worse nights. Every outcome is compared with every factor, and
 * the p-values of all comparisons are adjusted together. A comparison that shows an association is called a finding.
 *
 * Findings are selected in steps (stepwise regression). In each step, the factor of the finding with the smallest
 * p-value becomes a covariate of its outcome, and all comparisons are computed again. The covariate reduces noise, and
 * factors that only occur together with it lose their association. A finding that loses its association because of
 * later covariates is dropped for good. At the end, each finding is estimated with all other findings of its outcome as
 * covariates.
 *
 * If two factors mostly occur before the same nights, chance may decide which of them is found. Association is not
 * causation.
 * @param outcomes The daily values of each outcome in its unit, by the day of waking up.
 * @param range The days of waking up whose nights are compared.
 * @returns Empty lists without an outcome or a factor.
 * @example
 * // Before every third night there was alcohol, and HRV is 8 ms lower.
 * const firstDay = dayNumber("2026-03-01");
 * const range = { start: "2026-03-01", end: "2026-04-29" };
 * const nights = Array.from({ length: 60 }, (_, night) => night);
 * const values = nights.map((night) => (night % 3 === 0 ? 1 : 0));
 * const alcohol = { name: "alcohol", kind: "yes_no", beforeNight: { firstDay, values } };
 * const hrv = nights.map((night) => 50 + (night % 5) - 8 * values[night]);
 * const { comparisons } = findInfluences([{ metric: "hrv", series: { firstDay, values: hrv } }], [alcohol], range);
 * comparisons.map(({ factor, isFound }) => [factor, isFound]); // [["alcohol", true]]
 * comparisons[0].estimate.difference; // -7.981346162705…
 */
export function findInfluences(
  outcomes: readonly Pick<MetricHistory, "metric" | "series">[],
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

/** The comparisons of one outcome with every factor. The factors selected so far are covariates. */
interface Round {
  study: Study;
  selection: Selection;
  results: readonly Result[];
}

function compareRound(study: Study, selection: Selection): Round {
  return { study, selection, results: study.compare(selection.selected) };
}

/** Does one step of the selection of factors for every outcome. Null if the selection is complete for all of them. */
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

/** The p-values of all outcomes are adjusted together for the number of comparisons. */
function judge(rounds: readonly Round[]): Judged {
  const results = rounds.flatMap((round) => round.results);
  const judged = results.flatMap(({ result, ...pair }) =>
    result.kind === "estimate" ? [{ ...pair, estimate: result }] : [],
  );
  const qs = adjustPValues(judged.map(({ estimate }) => estimate.p));
  return {
    comparisons: judged.map((comparison, index) => {
      const q = qs[index] ?? outOfRange(index);
      return { ...comparison, q, isFound: isClear(comparison.estimate, q) };
    }),
    unjudged: results.flatMap(({ result, ...pair }) => (result.kind === "estimate" ? [] : [{ ...pair, result }])),
  };
}

/** Whether the comparison meets the three conditions of {@link FactorComparison.isFound}. */
function isClear({ low, high, correlation }: Estimate, q: number): boolean {
  if (q > falseDiscoveryRate) return false;
  return correlation > 0 ? low > 0 : high < 0;
}
