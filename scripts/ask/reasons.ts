/** Why a question has no figure for an answer: each is the right answer to some question. */
export const reasons = {
  not_given_by_oura: "Oura does not measure it, or does not give it to other apps",
  ring_cannot: "this ring does not measure it",
  no_ring: "there is no ring on the account",
  no_membership: "the Oura membership has ended",
  not_worn: "the ring was not worn then",
  not_synced: "the ring's data has not reached Oura yet",
  not_allowed: "this assistant may not read it",
  before_first_record: "the ring has no data from so early",
  too_little_data: "there is too little data for it so far",
  no_value_from_oura: "Oura has records of that time, but gave no value",
} as const;
