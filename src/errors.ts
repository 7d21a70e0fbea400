/**
 * The failures that the code expects. Code throws them in an {@link AppError}, and {@link describeFailure} puts them
 * into words. No message contains text from Oura or from an exception. Only the message of `bad_input` contains text
 * from a client: shortened argument names and values.
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
   * `hasToken` is set if the assistant uses an access token. Permissions cannot be added to an access token, so the
   * message then tells the person to make a new one. `alsoNotAtOura` names a kind of data that the person has not
   * granted at Oura either. The message then names both steps, because each alone would not help.
   */
  | { kind: "not_granted_to_assistant"; labels: string; hasToken?: boolean; alsoNotAtOura?: string }
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
  /** Oura does not accept this server's client id or client secret. Only the operator can correct them. */
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

/** Failures in which Oura gave no usable answer. The connection to Oura is kept, and a later call may work. */
export type UnansweredByOura = (typeof unansweredByOura)[number];

const kindsUnansweredByOura: ReadonlySet<string> = new Set(unansweredByOura);

/**
 * Whether a kind of failure means that Oura gave no usable answer. The argument comes from storage. An older version of
 * the code may have stored a kind that no longer exists, so the argument can be any text.
 */
export function isUnansweredByOura(kind: string): kind is UnansweredByOura {
  return kindsUnansweredByOura.has(kind);
}

/** The error class of every expected failure. Its `message` goes into logs, so it holds only the failure's kind. */
export class AppError extends Error {
  override name = "AppError" as const;
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.failure = failure;
  }
}

/** Addresses that messages tell people to open. `panel` is the account page. */
export interface Links {
  home: string;
  panel: string;
}

export function describeFailure(failure: Failure, links: Links): string {
  switch (failure.kind) {
    case "bad_input":
      return `The request was not understood. ${listProblems(failure.problems)}`;
    case "not_registered":
      return `Your Ōura Ring is not registered with this service yet. Open ${links.panel} and press Register. After that you can connect the ring.`;
    case "registration_pending":
      return (
        "This service can connect only a limited number of Ōura Rings, and your ring is waiting for its turn. It is " +
        `number ${failure.place} of ${failure.waiting} in the queue, with the reference code ${failure.code}. You need ` +
        `to do nothing until it is your turn. ${links.panel} shows your position in the queue.`
      );
    case "not_connected":
      return `Your Ōura account is not connected to this service yet. Open ${links.panel} and press Connect.`;
    case "needs_reconnect":
      return `Ōura no longer accepts this service's connection to your Ōura account. Open ${links.panel} and press Reconnect. Nothing else changes.`;
    case "key_changed":
      return `This service's encryption key has changed, so this service cannot use the stored connection to Ōura. Open ${links.panel} and press Reconnect. Nothing else changes.`;
    case "account_gone":
      return `This account no longer exists. Create a new account at ${links.home} and add this server to your assistant again.`;
    case "assistant_revoked":
      return `This assistant's access was revoked. To allow it again, remove this server from the assistant and add the server again. ${links.panel} lists which assistant may read what.`;
    case "not_granted_to_assistant":
      if (failure.alsoNotAtOura !== undefined) {
        const [reader, last] = failure.hasToken
          ? ["this access token", `make a new access token at ${links.panel}`]
          : ["this assistant", "connect the assistant to this server again"];
        return `Ōura does not share ${failure.alsoNotAtOura} with this service, and ${reader} may not read ${failure.labels === failure.alsoNotAtOura ? "it" : failure.labels}. Two steps are needed. First open ${links.panel}, press Reconnect and tick this kind of data on Ōura's page. Then ${last} and tick this kind of data there too.`;
      }
      if (failure.hasToken) {
        return `This access token may not read ${failure.labels}. To allow that, make a new access token at ${links.panel} and tick this kind of data there.`;
      }
      return `This assistant is not allowed to read ${failure.labels}. To allow that, connect the assistant to this server again and tick this kind of data. ${links.panel} shows what the assistant may read now.`;
    case "not_granted_by_oura":
      return `Ōura does not share ${failure.labels} with this service: Ōura was not asked for this kind of data, or it was unticked on Ōura's page. Open ${links.panel}, press Reconnect and tick this kind of data on Ōura's page.`;
    case "not_signed_in":
      return "You are signed out. Sign in and try again.";
    case "ceremony_failed":
      return "The passkey could not be checked, or the page was open for too long. Try to use the passkey again.";
    case "passkey_counted_back":
      return "A passkey counts how often it is used. The count of this passkey is lower than at its last sign-in. This happens if the passkey was restored from a backup, or if somebody has copied the passkey. Sign in with another passkey or an account key, remove this passkey, and add a new one.";
    case "proof_needed":
      return "You signed in on this browser a while ago. Confirm that it is you before you change how you sign in, make an access token or delete your account.";
    case "form_expired":
      return "This form was already submitted, or its page was open for too long. Nothing was changed this time. Press the button again.";
    case "account_key_wrong":
      return "No account has this key. Check it for typing mistakes. Upper and lower case, spaces and dashes do not matter.";
    case "too_many_attempts":
      return `There were too many attempts in a short time. Try again in ${Math.ceil(failure.retryAfterSeconds / 60)} min.`;
    case "too_many_today":
      return `Too many accounts, rings or assistants were registered today. Try again in ${Math.ceil(failure.retryAfterSeconds / 3_600)} h, or ask the operator of this service for an invitation.`;
    case "queue_full":
      return "This service can connect only a limited number of Ōura Rings, and the queue of waiting people is full. Try again in a few days, or ask the operator of this service for an invitation.";
    case "last_way_in":
      return "This is the last way to sign in to your account, so it cannot be removed. First add another passkey or an account key, or delete the account.";
    case "connect_refused":
      return "Ōura did not accept this attempt to connect your ring, because the attempt was used before or took longer than ten minutes. Start again and connect your ring.";
    case "connect_expired":
      return "This attempt to connect your ring took too long, or it was started in another browser or account. Start again and connect your ring.";
    case "too_many_calls":
      return `This account got too many requests in a short time. Try again in ${failure.retryAfterSeconds} s.`;
    case "call_budget_spent":
      return "This question needs more data from Ōura than one answer may read. Ask about a shorter range of days.";
    case "oura_share_spent":
      return `This account has made as many requests to Ōura as it may make in five minutes. Try again in ${failure.retryAfterSeconds} s.`;
    case "oura_rate_limited":
      return failure.retryAfterSeconds === null
        ? "Ōura accepts no more requests from this service for now. Try again in a few minutes."
        : `Ōura accepts no more requests from this service for now. Try again in ${failure.retryAfterSeconds} s.`;
    case "oura_timeout":
      return "Ōura did not answer in time. Your connection to Ōura stays as it is. Try again in a minute.";
    case "oura_unavailable":
      return failure.status === null
        ? "Ōura could not be reached. Your connection to Ōura stays as it is. Try again in a few minutes."
        : `Ōura has a problem on its side (HTTP status ${failure.status}). Your connection to Ōura stays as it is. Try again in a few minutes.`;
    case "oura_malformed":
      return "Ōura sent an answer that this service cannot read. Your connection to Ōura stays as it is. Try again in a few minutes.";
    case "oura_refused":
      return `Ōura refused the request (HTTP status ${failure.status}). Your connection to Ōura stays as it is. A question about other days may work.`;
    case "membership_lapsed":
      return membershipLapsed;
    case "refresh_uncertain":
      return `Ōura did not confirm the renewal of this service's access to your data. Your connection to Ōura stays as it is. Ask again in ${failure.retryAfterSeconds} s.`;
    case "oura_app_refused":
      return appRefused;
    case "store_unavailable":
      return "This service can store nothing more for now. Assistants that are connected keep working. Try again in an hour. If that fails, try again tomorrow.";
    case "too_many_assistants":
      return `This account already allows ${failure.most} assistants, and it cannot allow more. Open ${links.panel}, revoke an assistant that you no longer use, and connect the new one again.`;
    case "too_many_access_tokens":
      return `This account already has ${failure.most} access tokens, and it cannot have more. Open ${links.panel}, revoke a token that you no longer use, and make the new one.`;
    case "interrupted":
      return "This service was updated or restarted while it worked on your request. Try again.";
    case "internal":
      return `Something went wrong in this service. Try again. If it happens again, tell the operator of this service the reference ${failure.reference}.`;
  }
}

/** This text and {@link appRefused} are also shown on the account page and the help page, while the problem lasts. */
export const membershipLapsed =
  "Ōura shares no data without an active Ōura membership. Renew the membership in the Ōura app. Your connection to Ōura stays as it is.";
export const appRefused =
  "Ōura does not accept the credentials with which this service identifies itself. Only the operator of this service can correct that, so tell the operator. Your connection to Ōura stays as it is.";

const mostProblems = 5;
const longestProblem = 300;
/**
 * If a request has only one problem, its text may be longer than {@link longestProblem}, so that it can list all
 * permitted values.
 */
const longestLoneProblem = 1_200;

/**
 * Lists only the first problems and shortens each of them. A problem quotes names from the request, and a request may
 * contain thousands of long names.
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
 * Turns an error into a failure. If the platform ended a call to a Durable Object, the failure is `interrupted`. Any
 * other error that is no `AppError` becomes `internal`, with a new reference that people can quote to the operator.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof AppError) return error.failure;
  if (isInterruption(error)) return { kind: "interrupted" };
  return { kind: "internal", reference: crypto.randomUUID().slice(0, 8) };
}

/**
 * Whether the platform ended a call to a Durable Object before the call was done: the object was reset after a code
 * update, or the connection to it was lost. The platform marks such errors with properties. After such an error the
 * caller may call the object again at once. The result is false if the object is overloaded, because a caller must not
 * call an overloaded object again at once.
 */
export function isInterruption(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const [isRetryable, isReset, isOverloaded] = ["retryable", "durableObjectReset", "overloaded"].map(
    (mark) => Reflect.get(error, mark) === true,
  );
  return (isRetryable || isReset || String(error.message).includes(codeUpdated)) && !isOverloaded;
}

/** The platform's error message for a Durable Object that was reset during a call because its code was updated. */
const codeUpdated = "Durable Object reset because its code was updated";

/** For data that an answer can do without. Returns a thrown `AppError` as a value, and throws any other error. */
export async function orAppError<T>(work: Promise<T>): Promise<T | AppError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
