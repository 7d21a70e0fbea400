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

/** The result of comparing the outcome with one factor, as far as the stepwise selection needs it. */
export interface Candidate {
  factor: string;
  p: number;
  /** Whether the factor is associated with the outcome (a finding) after adjusting for the other selected factors. */
  isFound: boolean;
}

/** Creates the initial state of a stepwise regression: no factor is selected or dropped. */
export function createSelection(): Selection {
  return { selected: [], dropped: [] };
}

/**
 * Does one step of a stepwise regression. If selected factors are no longer associated with the outcome, the weakest of
 * them is dropped. Otherwise, the factor with the clearest association is added to the selected factors.
 * @param candidates The comparisons of one outcome, with the selected factors as covariates. A selected factor that is
 * missing from this list cannot be judged any more. It counts as the factor with the weakest association.
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
