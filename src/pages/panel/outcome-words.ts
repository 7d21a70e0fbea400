import { type Failure, isUnansweredByOura, type UnansweredByOura } from "../../errors.ts";

/** How a call ended, in a few words, and how it is coloured. */
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
  oura_app_refused: { words: "Ōura refuses this server", tone: "warning" },
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

/** @param outcome "ok" or a failure's kind; an older version may have stored one that is unknown here */
export function describeOutcome(outcome: string): OutcomeWords {
  if (isUnansweredByOura(outcome)) return unavailable;
  return isKnown(outcome) && words[outcome] ? words[outcome] : { words: "Not answered", tone: "warning" };
}

function isKnown(outcome: string): outcome is keyof typeof words {
  return Object.hasOwn(words, outcome);
}

/** What the card of a connection shows in place of *Connected*, and what to do. */
interface Trouble {
  state: string;
  advice: string;
}

const troubleOf = {
  membership: {
    state: "No membership",
    advice: "Ōura shares no data without an active Ōura membership. Renew it in the Ōura app. You stay connected here.",
  },
  notGranted: {
    state: "Not granted",
    advice:
      "The last question needed data that Ōura does not share. To share it, press Reconnect and tick it on Ōura's page.",
  },
  appRefused: {
    state: "Ōura refuses this server",
    advice:
      "Ōura does not accept this server's own credentials. Only the operator of this server can correct that; tell them. You stay connected here.",
  },
  unavailable: {
    state: "Ōura unavailable",
    advice: "Ōura did not answer the last question. You stay connected; ask again in a few minutes.",
  },
} as const satisfies Record<string, Trouble>;

/** Every trouble, for the help page. */
export const troubles: readonly Trouble[] = Object.values(troubleOf);

/**
 * Why the last call about Ōura had no answer, for the card of a connection that exists, with what to do. Null where the
 * last call worked, or failed for a reason that is not about Ōura.
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
