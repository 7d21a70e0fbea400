import { AppError, type Failure, orAppError } from "../errors.ts";
import type { CallBudget } from "./budget.ts";
import { beforeDeadline } from "./deadline.ts";
import type { Gate } from "./gate.ts";
import { overNetwork, readLimited } from "./limited-body.ts";
import { isScopeName, listScopeLabels } from "./scopes.ts";

export interface TokenSource {
  /** Returns an access token that does not expire soon. Throws an `AppError` when there is none. */
  current(): Promise<string>;
  /**
   * Returns an access token that is newer than `rejected`, which Oura rejected. Concurrent callers share one refresh.
   */
  replace(rejected: string): Promise<string>;
}

export interface Transport {
  fetch: typeof fetch;
  sleep(milliseconds: number): Promise<void>;
  /** Returns a random number in [0, 1). With it, the wait before a failed request is sent again has a random length. */
  random(): number;
  gate: Gate;
  tokens: TokenSource;
  apiUrl: string;
}

const attempts = 3;
/**
 * A longer response body is not read. A year of documents of one route is far below a megabyte with the requested
 * fields, and a few megabytes with all fields. The Durable Object can receive six bodies at the same time. If the
 * bodies exceeded its memory, the platform would abort all its calls.
 */
const longestBodyBytes = 8_000_000;
/**
 * A longer body of a 401 response is not read. Oura explains a refusal in one sentence, so a longer body is not from
 * Oura.
 */
const longestRefusalBytes = 64_000;
/** Oura normally answers in well under a second. */
const requestTimeoutMilliseconds = 10_000;

/**
 * Sends one idempotent read request to the Oura API. Returns the JSON body, or throws an `AppError`.
 * - After a 5xx status, a timeout, a broken connection or an unreadable body, the request is sent up to three times,
 *   with waits of random length.
 * - After status 429, the request is sent again when Oura's Retry-After header allows it, if the call has that much
 *   time left.
 * - After a rejected access token (status 401), the token is replaced once.
 * - When a scope was not granted (also status 401) or the Oura membership has ended (status 403), the token is not
 *   replaced, because a new token would not help.
 * @param path the path below the API root, for example "/v2/usercollection/sleep?start_date=2026-11-01"
 */
export async function readOura(transport: Transport, budget: CallBudget, path: string): Promise<unknown> {
  let token = await withinBudget(budget, transport.tokens.current());
  let replaced = false;
  for (let attempt = 1; ; attempt += 1) {
    budget.spendRequest();
    const reply = await withinBudget(
      budget,
      transport.gate.run(() => send(transport, budget, path, token)),
    );
    if (reply.kind === "body") return reply.body;
    if (reply.kind === "bad_token" && !replaced) {
      token = await withinBudget(budget, transport.tokens.replace(token));
      replaced = true;
      continue;
    }
    const failure = toFailure(reply);
    const wait = waitBeforeRetry(failure, attempt, transport.random());
    if (wait === null || wait + 1_000 > budget.remaining()) throw new AppError(failure);
    await transport.sleep(wait);
  }
}

/**
 * Waits for `work`, but only as long as the tool call has time left. The limit also applies while the call waits for a
 * token refresh or for a free connection. Otherwise the assistant, which waits only 30 s, could give up before the call
 * fails.
 */
function withinBudget<T>(budget: CallBudget, work: Promise<T>): Promise<T> {
  return beforeDeadline(work, budget.remaining(), { kind: "oura_timeout" });
}

type Reply =
  | { kind: "body"; body: unknown }
  | { kind: "bad_token" }
  | { kind: "missing_scope"; scope: string }
  | { kind: "failed"; failure: Failure };

async function send(transport: Transport, budget: CallBudget, path: string, token: string): Promise<Reply> {
  const timeout = Math.min(requestTimeoutMilliseconds, budget.remaining());
  if (timeout <= 0) return failed({ kind: "oura_timeout" });
  const init = {
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    redirect: "manual", // following a redirect would send the token to another host
    signal: AbortSignal.timeout(timeout),
  } as const;
  const exchange = overNetwork(transport.fetch(`${transport.apiUrl}${path}`, init)).then(readReply);
  const reply = await orAppError(exchange);
  return reply instanceof AppError ? failed(reply.failure) : reply;
}

async function readReply(response: Response): Promise<Reply> {
  const { status } = response;
  if (status === 200) {
    const text = await readLimited(response, longestBodyBytes);
    if (text === null) return failed({ kind: "oura_malformed" });
    try {
      return { kind: "body", body: JSON.parse(text) };
    } catch {
      return failed({ kind: "oura_malformed" });
    }
  }
  if (status === 401) {
    const text = await readLimited(response, longestRefusalBytes);
    if (text === null) return failed({ kind: "oura_malformed" });
    const scope = /not authorized access (\w+) scope/.exec(text)?.[1];
    return scope ? { kind: "missing_scope", scope } : { kind: "bad_token" };
  }
  if (response.body) await overNetwork(response.body.cancel());
  if (status === 403) return failed({ kind: "membership_lapsed" });
  if (status === 429) return failed({ kind: "oura_rate_limited", retryAfterSeconds: retryAfter(response) });
  if (status >= 500 || status < 400) return failed({ kind: "oura_unavailable", status });
  return failed({ kind: "oura_refused", status });
}

function failed(failure: Failure): Reply {
  return { kind: "failed", failure };
}

function toFailure(reply: Exclude<Reply, { kind: "body" }>): Failure {
  switch (reply.kind) {
    case "failed":
      return reply.failure;
    case "bad_token": // the new token was rejected too, so another refresh would not help; the stored tokens are kept
      return { kind: "oura_refused", status: 401 };
    case "missing_scope": {
      const labels = isScopeName(reply.scope) ? listScopeLabels([reply.scope]) : "this data";
      return { kind: "not_granted_by_oura", labels };
    }
  }
}

/** How long to wait before the request is sent again, in milliseconds. Null when the request must not be sent again. */
function waitBeforeRetry(failure: Failure, attempt: number, jitter: number): number | null {
  if (attempt >= attempts) return null;
  switch (failure.kind) {
    case "oura_unavailable":
    case "oura_timeout":
    case "oura_malformed":
      return 250 * 2 ** (attempt - 1) * (1 + jitter);
    case "oura_rate_limited":
      return failure.retryAfterSeconds === null ? null : failure.retryAfterSeconds * 1_000;
    default:
      return null;
  }
}

/**
 * The seconds of a Retry-After header, which is a number or a date (RFC 9110 §10.2.3). Null when it is missing or
 * invalid.
 */
function retryAfter(response: Response): number | null {
  const header = response.headers.get("retry-after");
  if (header === null) return null;
  // A date in Retry-After is a time of Oura's clock, which may differ from the server's clock. So it is compared with
  // the `date` header of the same response.
  const date = Date.parse(response.headers.get("date") ?? "");
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - date) / 1_000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
