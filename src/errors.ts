/**
 * Every kind of failure that the code expects. Code that detects a failure throws it in an {@link AppError}.
 * {@link describeFailure} writes the message for people. No message contains text from Oura or from an exception. Only
 * the message of `bad_input` contains text from a client: it quotes argument names and values in a shortened form.
 */
export type Failure =
  | { kind: "bad_input"; problems: readonly string[] }
  | { kind: "not_registered" }
  | { kind: "registration_pending"; place: number; waiting: number; code: string }
  | { kind: "not_connected" }
  | { kind: "needs_reconnect" }
  /** No encryption key of this server decrypts the stored tokens of the connection to Oura. */
  | { kind: "key_changed" }
  | { kind: "account_gone" }
  | { kind: "assistant_revoked" }
  /**
   * The person has not allowed the assistant to read the data that a question needs. `hasToken` is set if the assistant
   * uses an access token. Permissions cannot be added to an access token, so the message then tells the person to make
   * a new one.
   */
  | { kind: "not_granted_to_assistant"; labels: string; hasToken?: boolean }
  | { kind: "not_granted_by_oura"; labels: string }
  | { kind: "not_signed_in" }
  | { kind: "ceremony_failed" }
  | { kind: "passkey_counted_back" }
  | { kind: "proof_needed" }
  | { kind: "form_expired" }
  | { kind: "account_key_wrong" }
  | { kind: "too_many_attempts"; retryAfterSeconds: number }
  | { kind: "too_many_today"; retryAfterSeconds: number }
  | { kind: "queue_full" }
  | { kind: "last_way_in" }
  | { kind: "connect_refused" }
  | { kind: "connect_expired" }
  | { kind: "too_many_calls"; retryAfterSeconds: number }
  | { kind: "call_budget_spent" }
  | { kind: "oura_share_spent"; retryAfterSeconds: number }
  | { kind: "oura_rate_limited"; retryAfterSeconds: number | null }
  | { kind: "oura_timeout" }
  | { kind: "oura_unavailable"; status: number | null }
  | { kind: "oura_malformed" }
  | { kind: "oura_refused"; status: number }
  | { kind: "membership_lapsed" }
  | { kind: "refresh_uncertain"; retryAfterSeconds: number }
  /** Oura does not accept the client id or the client secret of this server. Only the operator can correct them. */
  | { kind: "oura_app_refused" }
  | { kind: "store_unavailable" }
  | { kind: "too_many_assistants"; most: number }
  | { kind: "too_many_access_tokens"; most: number }
  | { kind: "interrupted" }
  | { kind: "internal"; reference: string };

const unansweredByOura = [
  "oura_rate_limited",
  "oura_timeout",
  "oura_unavailable",
  "oura_malformed",
  "oura_refused",
  "refresh_uncertain",
] as const satisfies readonly Failure["kind"][];

/**
 * The kinds of failure in which Oura gave no usable answer. The connection to Oura is kept, and a later call may work.
 */
export type UnansweredByOura = (typeof unansweredByOura)[number];

const kindsUnansweredByOura: ReadonlySet<string> = new Set(unansweredByOura);

/**
 * @param kind the kind of a failure as it was stored. An older version of the code may have stored a kind that no
 *   longer exists.
 */
export function isUnansweredByOura(kind: string): kind is UnansweredByOura {
  return kindsUnansweredByOura.has(kind);
}

/**
 * The only error class that this project throws for an expected failure. Its `message` is for logs and holds only the
 * failure's kind.
 */
export class AppError extends Error {
  override name = "AppError" as const;
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.failure = failure;
  }
}

/** The addresses of the pages that messages tell people to open. */
export interface Links {
  home: string;
  panel: string;
}

/** The message of a failure for the person who asked. It says in one or two sentences what happened and what to do. */
export function describeFailure(failure: Failure, links: Links): string {
  switch (failure.kind) {
    case "bad_input":
      return `The request was not understood. ${listProblems(failure.problems)}`;
    case "not_registered":
      return `The Ōura Ring is not registered for this account yet. Open ${links.panel} and press Register.`;
    case "registration_pending":
      return (
        `The Ōura Ring is waiting for a place: number ${failure.place} of ${failure.waiting} in the queue, reference ` +
        `code ${failure.code}. Nothing needs to be done until a place comes free; ${links.panel} shows the queue.`
      );
    case "not_connected":
      return `Ōura is not connected yet. Open ${links.panel} and press Connect.`;
    case "needs_reconnect":
      return `Ōura no longer accepts this connection. Open ${links.panel} and press Reconnect; nothing else changes.`;
    case "key_changed":
      return `This server's encryption key has changed, so it cannot use the stored connection to Ōura. Open ${links.panel} and press Reconnect; nothing else changes.`;
    case "account_gone":
      return `This account no longer exists. Create a new one at ${links.home} and add the server again.`;
    case "assistant_revoked":
      return `This assistant's access was revoked. To allow it again, add the server to the assistant once more; ${links.panel} lists who may read what.`;
    case "not_granted_to_assistant":
      if (failure.hasToken) {
        return `This access token may not read ${failure.labels}. To allow it, make a new token at ${links.panel} and tick it.`;
      }
      return `This assistant is not allowed to read ${failure.labels}. To allow it, connect the assistant again and tick it; ${links.panel} shows what is allowed now.`;
    case "not_granted_by_oura":
      return `Ōura was not asked to share ${failure.labels}, or it was unticked there. Open ${links.panel}, press Reconnect and tick it on Ōura's page.`;
    case "not_signed_in":
      return "You are signed out. Sign in and try again.";
    case "ceremony_failed":
      return "The passkey could not be checked, or the page was open for too long. Start again.";
    case "passkey_counted_back":
      return "This passkey counts fewer uses than before. That happens when it was restored from a backup, or copied by somebody. Sign in another way, then remove it and add a new one.";
    case "proof_needed":
      return "This changes how you sign in, or deletes your account, and you signed in a while ago. Confirm that it is you first.";
    case "form_expired":
      return "This form was already submitted, or its page was open for too long. Nothing was changed this time; press the button again.";
    case "account_key_wrong":
      return "No account has this key. Check it for typing mistakes; upper and lower case, spaces and dashes do not matter.";
    case "too_many_attempts":
      return `Too many attempts. Try again in ${Math.ceil(failure.retryAfterSeconds / 60)} min.`;
    case "too_many_today":
      return `Too many registrations today. Try again in ${Math.ceil(failure.retryAfterSeconds / 3_600)} h, or ask the operator for an invitation.`;
    case "queue_full":
      return "The queue for a place is full. Try again in a few days, or ask the operator for an invitation.";
    case "last_way_in":
      return "This is the last way to sign in to your account. Add another passkey or an account key first, or delete the account.";
    case "connect_refused":
      return "Ōura did not accept this sign-in: it was used before or took longer than ten minutes. Press Connect again.";
    case "connect_expired":
      return "This page was open for too long. Press Connect again.";
    case "too_many_calls":
      return `Too many questions in a short time. Try again in ${failure.retryAfterSeconds} s.`;
    case "call_budget_spent":
      return "This question needs more requests to Ōura than one call may make. Ask for a shorter range.";
    case "oura_share_spent":
      return `This account has reached its limit of requests to Ōura in five minutes. Try again in ${failure.retryAfterSeconds} s.`;
    case "oura_rate_limited":
      return failure.retryAfterSeconds === null
        ? "Ōura asked us to slow down. Try again in a few minutes."
        : `Ōura asked us to slow down. Try again in ${failure.retryAfterSeconds} s.`;
    case "oura_timeout":
      return "Ōura did not answer in time. The connection is kept; try again in a minute.";
    case "oura_unavailable":
      return failure.status === null
        ? "Ōura could not be reached. The connection is kept; try again in a few minutes."
        : `Ōura has a problem on its side (status ${failure.status}). The connection is kept; try again in a few minutes.`;
    case "oura_malformed":
      return "Ōura sent an answer that cannot be read. The connection is kept; try again in a few minutes.";
    case "oura_refused":
      return `Ōura refused the request (status ${failure.status}). The connection is kept; a different range may work.`;
    case "membership_lapsed":
      return "Ōura shares no data without an active Ōura membership. Renew it in the Ōura app; the connection is kept.";
    case "refresh_uncertain":
      return `Ōura did not confirm the renewal of this connection. It is kept and tried again in ${failure.retryAfterSeconds} s.`;
    case "oura_app_refused":
      return "Ōura does not accept this server's own credentials. Only the operator of this server can correct that; tell them. Connections are kept, and nothing needs to be done here.";
    case "store_unavailable":
      return "The storage of this service accepts nothing more for now. Assistants that are connected keep working; try again in an hour, tomorrow at the latest.";
    case "too_many_assistants":
      return `This account already allows ${failure.most} assistants. Open ${links.panel}, revoke one that you no longer use, and connect again.`;
    case "too_many_access_tokens":
      return `This account already has ${failure.most} access tokens. Open ${links.panel}, revoke one that you no longer use, and make the new one.`;
    case "interrupted":
      return "This service was updated or restarted while it worked on this. Try again.";
    case "internal":
      return `Something went wrong on our side. Try again; if it happens again, quote reference ${failure.reference}.`;
  }
}

const mostProblems = 5;
const longestProblem = 300;
/**
 * The longest text, in characters, of a problem in a message with only one problem. It is longer than the limit for one
 * of several problems, so that the text can list all permitted values.
 */
const longestLoneProblem = 1_200;

/**
 * Joins the problems of a request into one text for an error message. Only the first problems are listed and each is
 * shortened, because a problem quotes names from the request, which may contain thousands of long names.
 */
function listProblems(problems: readonly string[]): string {
  const longest = problems.length === 1 ? longestLoneProblem : longestProblem;
  const named = problems
    .slice(0, mostProblems)
    .map((problem) => (problem.length > longest ? `${problem.slice(0, longest).toWellFormed()}…` : problem));
  const more = problems.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more problems are not listed.`] : [])].join(" ");
}

/**
 * Turns any thrown error into a failure. An `AppError` already holds its failure. If the platform has ended a call to a
 * Durable Object, the failure is `interrupted`. Any other error becomes `internal`, with a new reference that people
 * can quote to the operator.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof AppError) return error.failure;
  if (isInterruption(error)) return { kind: "interrupted" };
  return { kind: "internal", reference: crypto.randomUUID().slice(0, 8) };
}

/**
 * Whether the platform ended a call to a Durable Object before the call was done. This happens when an object is reset
 * after a code update, or when the connection to it is lost. The platform marks such errors with properties. After an
 * interruption, the caller may call the object again at once. An error of an overloaded object does not count as an
 * interruption, because an overloaded object must not be called again at once.
 */
export function isInterruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const [isRetryable, isReset, isOverloaded] = ["retryable", "durableObjectReset", "overloaded"].map(
    (mark) => Reflect.get(error, mark) === true,
  );
  return (isRetryable || isReset || error.message.includes(codeUpdated)) && !isOverloaded;
}

/** The platform's error message for a Durable Object that was reset during a call because its code was updated. */
const codeUpdated = "Durable Object reset because its code was updated";

/**
 * Returns the result of `work`, or the `AppError` that it threw. It is used for data that an answer can do without. If
 * `work` throws any other error, that error is thrown.
 */
export async function orAppError<T>(work: Promise<T>): Promise<T | AppError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
