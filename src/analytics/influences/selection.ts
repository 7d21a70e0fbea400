export interface Selection {
  /** Names of factors. They are covariates of the next comparisons. */
  selected: readonly string[];
  /**
   * Names of factors that were selected, but lost their association when later factors became covariates. They are
   * never selected again, because two factors that displace each other would otherwise alternate forever.
   */
  dropped: readonly string[];
}

/** One comparison of the outcome with a factor, as far as the stepwise selection needs it. */
export interface Candidate {
  factor: string;
  p: number;
  /**
   * Whether the factor is a finding: it is associated with the outcome after adjusting for the other selected factors.
   */
  isFound: boolean;
}

/**
 * Creates the initial state of a stepwise regression: no factor is selected or dropped.
 * @example createSelection() // { selected: [], dropped: [] }
 */
export function createSelection(): Selection {
  return { selected: [], dropped: [] };
}

/**
 * Does one step of a stepwise regression. If selected factors are no longer associated with the outcome, the one with
 * the largest p-value is dropped. Otherwise, the associated factor with the smallest p-value is added to the selected
 * factors.
 * @param candidates The comparisons of one outcome, with the selected factors as covariates. The p-value of a selected
 * factor that is missing counts as 1.
 * @returns Null if there is nothing to drop or to select.
 * @example
 * const alcohol = { factor: "alcohol", p: 1e-6, isFound: true };
 * const late = { factor: "late", p: 1e-4, isFound: true };
 * const first = nextSelection(createSelection(), [alcohol, late]);
 * first; // { selected: ["alcohol"], dropped: [] }
 * nextSelection(first, [alcohol, { ...late, isFound: false }]); // null
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
