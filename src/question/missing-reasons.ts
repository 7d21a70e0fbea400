/** The possible reasons in an answer's `missing` field, each with words that complete a sentence. */
export const missingReasons = {
  not_synced: "no ring data yet: open the Ōura app to sync",
  unfinished: "the night is still being written",
  not_worn: "the ring was not worn or recorded nothing",
  before_first_record: "it is before the ring's first record",
  rest_mode: "Ōura gives no score while rest mode is on",
  not_granted: "no permission for this data",
  no_membership: "the Ōura membership has lapsed",
  not_supported: "this ring does not measure it",
  no_ring: "no ring is set up at Ōura",
  unavailable: "Ōura gave no value",
} as const;

export type MissingReason = keyof typeof missingReasons;

/**
 * Puts a reason into words. For some reasons, the words come from the `detail` of the `missing` entry, because the
 * `detail` says more than the text in {@link missingReasons}.
 */
export function sayReason(reason: MissingReason, detail?: string): string {
  if (detail === undefined) return missingReasons[reason];
  switch (reason) {
    case "not_supported":
    case "before_first_record":
    case "not_worn":
    case "unavailable":
      return sayBriefly(detail);
    default:
      return missingReasons[reason];
  }
}

/**
 * The first sentence of a detail, which says what happened. The sentences after it say what to do. The full stop and
 * remarks in brackets are left out, because the summary puts the whole reason in brackets.
 */
function sayBriefly(detail: string): string {
  const [first = detail] = detail.split(/\.(?: |$)/);
  return first.replace(/ \([^)]*\)/g, "");
}
