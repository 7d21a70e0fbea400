import { AppError, type Failure, orAppError } from "../errors.ts";
import type { CallBudget } from "./budget.ts";
import { beforeDeadline } from "./deadline.ts";
import type { Gate } from "./gate.ts";
import { overNetwork, readLimited } from "./limited-body.ts";
import { isScopeName, listScopeLabels } from "./scopes.ts";

/** Provides the access token, and a new one when Oura rejects it. */
export interface TokenSource {
  /** A token that does not expire soon; throws an `AppError` when there is none. */
  current(): Promise<string>;
  /** A newer token after Oura rejected `rejected`. Concurrent callers share one refresh. */
  replace(rejected: string): Promise<string>;
}

export interface Transport {
  fetch: typeof fetch;
  sleep(milliseconds: number): Promise<void>;
  /** A number in [0, 1) for jitter. */
  random(): number;
  gate: Gate;
  tokens: TokenSource;
  apiUrl: string;
}

const attempts = 3;
/**
 * A year of any collection is far below a megabyte with the requested fields, and a few megabytes with all fields. Six
 * much longer bodies at once would exceed the object's memory and abort all of its calls.
 */
const longestBodyBytes = 8_000_000;
/** The longest body of a refusal. Oura's are one sentence. */
const longestRefusalBytes = 64_000;
/** The timeout of one request. Oura normally answers in well under a second. */
const requestTimeoutMilliseconds = 10_000;

/**
 * One idempotent read of the Oura API: returns the JSON body or throws an `AppError` with its {@link Failure}. 5xx,
 * timeouts and broken connections are tried three times with jitter. 429 waits as long as Oura says if the call has
 * that time. A rejected token is replaced once. A missing scope (also 401) and a lapsed membership (403) never cause a
 * refresh.
 * @param path below the API root, for example "/v2/usercollection/sleep?start_date=2026-11-01"
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

/** Limits waiting for a refresh or a free connection to the call's time too: an assistant gives up after 30 s. */
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
    redirect: "manual", // to follow a redirect would send the token to another host
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
    case "bad_token": // rejected again right after a replacement: another refresh would not help, and the tokens stay
      return { kind: "oura_refused", status: 401 };
    case "missing_scope": {
      const labels = isScopeName(reply.scope) ? listScopeLabels([reply.scope]) : "this data";
      return { kind: "not_granted_by_oura", labels };
    }
  }
}

/** Milliseconds to wait before the next attempt, or null when no further attempt is made. */
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

/** Seconds from a Retry-After header in either form (RFC 9110 §10.2.3); null when it has none. */
function retryAfter(response: Response): number | null {
  const header = response.headers.get("retry-after");
  if (header === null) return null;
  // A date is in Oura's clock, so it is compared with the response's own `date` header: our clock may differ.
  const date = Date.parse(response.headers.get("date") ?? "");
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - date) / 1_000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
