/**
 * The possible reasons why a value is missing, each with words that complete a sentence. Every entry of an answer's
 * `missing` field has one of these reasons.
 */
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
 * Puts the reason why a value is missing into words. For some reasons, the result is taken from the `detail` of the
 * `missing` entry, because the detail says more than the words in {@link missingReasons}.
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
 * Returns the first sentence of a detail, without the full stop and without remarks in brackets, because the summary
 * writes the reason itself in brackets. The first sentence says what happened. The sentences after it say what to do.
 */
function sayBriefly(detail: string): string {
  const [first = detail] = detail.split(/\.(?: |$)/);
  return first.replace(/ \([^)]*\)/g, "");
}
