/** The stepwise selection of the factors of one outcome. */
export interface Selection {
  /** The findings so far: the covariates of the next comparisons. */
  selected: readonly string[];
  /**
   * Factors that were selected and lost their association beside later ones. They are not selected again: otherwise two
   * factors that displace each other would alternate for ever.
   */
  dropped: readonly string[];
}

/** What the selection needs to know of the comparison with one factor. */
export interface Candidate {
  factor: string;
  p: number;
  /** Whether it is a finding with the other selected factors as covariates. */
  isFound: boolean;
}

/** Where a stepwise regression starts: no factor is selected, and none dropped. */
export function createSelection(): Selection {
  return { selected: [], dropped: [] };
}

/**
 * One step of stepwise regression: drops the weakest selected factor that is no finding any more, or else selects the
 * clearest new finding.
 * @param candidates Of one outcome, computed with the selected factors as covariates. A selected factor that is not among them
 * cannot be judged any more and is the weakest.
 * @returns Null when there is nothing to drop or to select.
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
