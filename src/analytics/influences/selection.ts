/**
 * The state of the stepwise selection of the factors (such as alcohol) that are associated with one outcome (a metric
 * of the night).
 */
export interface Selection {
  /** The factors selected so far. These factors are covariates of the next comparisons. */
  selected: readonly string[];
  /**
   * Factors that were selected, but lost their association when later factors became covariates. They are never
   * selected again, because two factors that displace each other would otherwise alternate forever.
   */
  dropped: readonly string[];
}

/** What the stepwise selection needs to know about the comparison with one factor. */
export interface Candidate {
  factor: string;
  p: number;
  /** Whether the outcome is associated with the factor (a finding) when the other selected factors are covariates. */
  isFound: boolean;
}

/** Creates the initial state of a stepwise regression: no factor is selected or dropped. */
export function createSelection(): Selection {
  return { selected: [], dropped: [] };
}

/**
 * Does one step of a stepwise regression. If selected factors have lost their association with the outcome, the weakest
 * of them is dropped. Otherwise, the clearest associated factor that is not yet selected is selected.
 * @param candidates The comparisons of one outcome, with the selected factors as covariates. A selected factor that is
 * missing from this list cannot be judged any more and counts as the weakest.
 * @returns Null if there is nothing to drop or to select.
 * @example nextSelection(createSelection(), [{ factor: "alcohol", p: 1e-6, isFound: true }])
 * // { selected: ["alcohol"], dropped: [] }
 */
export function nextSelection({ selected, dropped }: Selection, candidates: readonly Candidate[]): Selection | null {
  const candidateOf = new Map(candidates.map((candidate) => [candidate.factor, candidate]));
  const pOf = (factor: string) => candidateOf.get(factor)?.p ?? 1;
  const [lost] = selected
    .filter((factor) => !candidateOf.get(factor)?.isFound)
    .toSorted((one, other) => pOf(other) - pOf(one));
  if (lost !== undefined)
    return { selected: selected.filter((factor) => factor !== lost), dropped: [...dropped, lost] };
  const [clearest] = candidates
    .filter(({ factor, isFound }) => isFound && !selected.includes(factor) && !dropped.includes(factor))
    .toSorted((one, other) => one.p - other.p);
  return clearest === undefined ? null : { selected: [...selected, clearest.factor], dropped };
}
