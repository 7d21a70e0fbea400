import { describeFailure, type Failure, isUnansweredByOura } from "../errors.ts";
import type { AppContext } from "./app.ts";
import { buttonWords } from "./button-words.ts";
import { Choices, Decision } from "./decision.tsx";
import { linksOf, page } from "./respond.tsx";

export function statusOf(failure: Failure): 400 | 429 | 500 | 503 {
  switch (failure.kind) {
    case "internal":
      return 500;
    case "store_unavailable":
    case "interrupted":
      return 503;
    case "too_many_attempts":
    case "too_many_calls":
    case "too_many_today":
      return 429;
    default:
      return 400;
  }
}

export function failurePage(c: AppContext, failure: Failure) {
  const { heading, href, label } = outlineFailure(failure);
  return page(
    c,
    { title: heading, status: statusOf(failure) },
    <Decision icon="warning" heading={heading}>
      <p>{describeFailure(failure, linksOf(c))}</p>
      <Choices>
        <a class="button" href={href}>
          {label}
        </a>
      </Choices>
    </Decision>,
  );
}

interface FailureOutline {
  heading: string;
  href: string;
  label: string;
}

const toPanel = { href: "/panel", label: "Go to your MCP server" };
const toSignIn = { href: "/sign-in", label: buttonWords.signIn };

/** The heading and the link of the page that reports a failure. The page's text comes from {@link describeFailure}. */
export function outlineFailure({ kind }: Failure): FailureOutline {
  if (isUnansweredByOura(kind)) return { heading: "Ōura did not answer as expected", ...toPanel };
  switch (kind) {
    case "not_signed_in":
      return { heading: "You are signed out", ...toSignIn };
    case "ceremony_failed":
    case "passkey_counted_back":
      return { heading: "The passkey did not work", ...toSignIn };
    case "proof_needed":
      return { heading: "Confirm that it is you", href: "/confirm", label: buttonWords.confirm };
    case "form_expired":
      return { heading: "Form already submitted", href: "/create-account", label: buttonWords.createAccount };
    case "account_key_wrong":
      return { heading: "Wrong account key", ...toSignIn };
    case "account_gone":
      return { heading: "This account no longer exists", href: "/", label: "Go to the start page" };
    case "too_many_attempts":
    case "too_many_calls":
      return { heading: "Too many requests", ...toPanel };
    case "too_many_today":
      return { heading: "Too many registrations today", ...toPanel };
    case "queue_full":
      return { heading: "The queue for connecting a ring is full", ...toPanel };
    case "last_way_in":
      return {
        heading: "This is your last sign-in method",
        href: "/panel#security",
        label: "Add another sign-in method",
      };
    case "bad_input":
      return { heading: "The form was not accepted", ...toPanel };
    case "not_registered":
      return { heading: "Not registered yet", ...toPanel };
    case "registration_pending":
      return { heading: "Your ring waits in the queue", ...toPanel };
    case "not_connected":
      return { heading: "Ōura is not connected", ...toPanel };
    case "needs_reconnect":
    case "key_changed":
      return { heading: "Reconnect needed", ...toPanel };
    case "connect_refused":
    case "connect_expired":
      return { heading: "Your ring was not connected", ...toPanel };
    case "assistant_revoked":
    case "not_granted_to_assistant":
    case "not_granted_by_oura":
      return { heading: "Not allowed", ...toPanel };
    case "oura_app_refused":
      return { heading: "Ōura refuses this service", ...toPanel };
    case "call_budget_spent":
    case "oura_share_spent":
      return { heading: "Too much data at once", ...toPanel };
    case "membership_lapsed":
      return { heading: "The Ōura membership has lapsed", ...toPanel };
    case "store_unavailable":
      return { heading: "Nothing new can be stored right now", ...toPanel };
    case "too_many_assistants":
      return { heading: "Too many assistants", ...toPanel };
    case "too_many_access_tokens":
      return { heading: "Too many access tokens", ...toPanel };
    case "interrupted":
      return { heading: "The service was updated in the meantime", ...toPanel };
    case "internal":
      return { heading: "Something went wrong in this service", ...toPanel };
  }
}
