import { appRefused, type Failure, isUnansweredByOura, membershipLapsed, type UnansweredByOura } from "../../errors.ts";

export interface OutcomeWords {
  words: string;
  tone: "good" | "warning" | "quiet";
}

const unavailable: OutcomeWords = { words: "Ōura unavailable", tone: "warning" };
const notGranted: OutcomeWords = { words: "Not granted", tone: "warning" };
const reconnect: OutcomeWords = { words: "Reconnect needed", tone: "warning" };
const tooMuch: OutcomeWords = { words: "Too much at once", tone: "quiet" };

const words: { readonly [Outcome in Exclude<Failure["kind"], UnansweredByOura> | "ok"]?: OutcomeWords } = {
  ok: { words: "Answered", tone: "good" },
  membership_lapsed: { words: "No membership", tone: "warning" },
  not_granted_by_oura: notGranted,
  not_granted_to_assistant: notGranted,
  oura_app_refused: { words: "Ōura refuses this service", tone: "warning" },
  needs_reconnect: reconnect,
  key_changed: reconnect,
  not_connected: { words: "Not connected", tone: "quiet" },
  not_registered: { words: "Not registered", tone: "quiet" },
  registration_pending: { words: "Pending", tone: "quiet" },
  bad_input: { words: "Not understood", tone: "quiet" },
  call_budget_spent: tooMuch,
  oura_share_spent: tooMuch,
  too_many_calls: tooMuch,
};

/** @param outcome "ok" or the kind of a failure; an older version may have stored a kind that this one does not know */
export function describeOutcome(outcome: string): OutcomeWords {
  if (isUnansweredByOura(outcome)) return unavailable;
  return isKnown(outcome) && words[outcome] ? words[outcome] : { words: "Not answered", tone: "warning" };
}

function isKnown(outcome: string): outcome is keyof typeof words {
  return Object.hasOwn(words, outcome);
}

/** What the ring's card shows in place of the word “Connected”, and what the person can do about it. */
interface Trouble {
  state: string;
  advice: string;
}

const troubleOf = {
  membership: {
    state: "No membership",
    advice: membershipLapsed,
  },
  notGranted: {
    state: "Not granted",
    advice:
      "The last question needed data that Ōura does not share with this service. To share this kind of data, press Reconnect. Then tick this kind of data on Ōura's page.",
  },
  appRefused: {
    state: "Ōura refuses this service",
    advice: appRefused,
  },
  unavailable: {
    state: "Ōura unavailable",
    advice:
      "Ōura did not answer when an assistant last asked. Your connection to Ōura stays as it is. Ask again in a few minutes.",
  },
} as const satisfies Record<string, Trouble>;

export const troubles: readonly Trouble[] = Object.values(troubleOf);

/**
 * For the card of a connected ring: why the last call got no answer from Ōura, and what the person can do. Null when
 * the call worked, or failed for a reason that has nothing to do with Ōura.
 */
export function describeTrouble(outcome: string | null): Trouble | null {
  if (outcome !== null && isUnansweredByOura(outcome)) return troubleOf.unavailable;
  switch (outcome) {
    case "membership_lapsed":
      return troubleOf.membership;
    case "not_granted_by_oura":
      return troubleOf.notGranted;
    case "oura_app_refused":
      return troubleOf.appRefused;
    default:
      return null;
  }
}
