import { AuthorizationError, OAuthError } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";
import { now } from "../clock.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { hashSecret } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";
import { type Outcome, unwrap, withoutMessage } from "../outcome.ts";
import { type AccessToken, type AccessTokenVerdict, accessTokenVerdict } from "./access-token.ts";
import type { RemoteGrants } from "./grant-session.ts";
import type { Presented, StoreEntry } from "./grant-store.ts";
import { readUserId, type UserId } from "./user-id.ts";

/** Workers KV throws for a longer key, even when it only reads. */
const longestKeyBytes = 512;
/** Workers KV refuses entries with a shorter lifetime. */
const shortestSeconds = 60;

/**
 * The store that the OAuth provider uses during one request. The store keeps the data of one person in that person's
 * Durable Object: grants, authorization codes, tokens, unfinished consent pages, and markers that prevent the second
 * use of a client assertion. Workers KV holds the OAuth clients that registered themselves. It also holds the grants
 * that version 0.1.0 of this server has made, until these grants expire.
 */
export interface OAuthStore<Session extends RemoteGrants> {
  /**
   * The object that the OAuth provider gets as `OAUTH_KV`. The provider uses it like a namespace of Workers KV. The key
   * of an entry decides whether it is stored in Workers KV or in an account's Durable Object.
   */
  kv: KVNamespace;
  /**
   * Checks an access token. In the same round trip, the method opens the session with the account's Durable Object,
   * because the request needs the session next.
   */
  judgeAccessToken(token: AccessToken): Promise<AccessTokenVerdict>;
  /** A request opens at most one session with each account. */
  session(accountId: string): Promise<Session>;
  close(): Promise<void>;
}

export interface OAuthStoreOptions<Session extends RemoteGrants> {
  kv: KVNamespace;
  tokenKeys: readonly SealingKey[];
  open: OpenSession<Session>;
  /** The authorization code or refresh token that a token request contains. Null in other requests. */
  presented: (Presented & { userId: UserId }) | null;
  /**
   * Returns the account that is signed in on the browser that sent the request. Unfinished consent pages are stored
   * with this account.
   */
  browserAccount(): Promise<string | null>;
  /** Throws if the sender of this request has already presented too many wrong tokens for this account. */
  expectNotBlocked(accountId: string): void;
  /** Called when the account's Durable Object does not know the token, code or grant that the request presents. */
  onUnknown(accountId: string): void;
}

/**
 * Opens the RPC session with an account's Durable Object. In the same round trip, the function also reads the first
 * entry that the request needs.
 */
export type OpenSession<Session> = (
  accountId: string,
  first: { key: string; presented: Presented | null } | null,
) => Promise<Outcome<{ value: string | null; session: Session }> & Partial<Disposable>>;

/**
 * Where the store keeps an entry: in an account's Durable Object (`agent`) or in Workers KV (`kv`). `key` is the
 * entry's key in that storage. `nowhere` means that the entry cannot exist, because its key does not contain a valid
 * account id.
 */
type Place = { kind: "agent"; accountId: string; key: string } | { kind: "kv"; key: string } | { kind: "nowhere" };

const replayPrefix = "client-assertion-jti:";

export function createOAuthStore<Session extends RemoteGrants>(
  options: OAuthStoreOptions<Session>,
): OAuthStore<Session> {
  const { tokenKeys, presented } = options;
  const kv = createKvStore(options.kv);
  const opened = new Map<string, ReturnType<OpenSession<Session>>>();
  let replay: StoreEntry["replay"] = null;

  function open(accountId: string, first: Parameters<OpenSession<Session>>[1]): ReturnType<OpenSession<Session>> {
    const session = options.open(accountId, first);
    opened.set(accountId, session);
    return session;
  }

  async function session(accountId: string): Promise<Session> {
    return unwrap(await (opened.get(accountId) ?? open(accountId, null))).session;
  }

  async function placeOf(key: string): Promise<Place> {
    const [kind = "", ...rest] = key.split(":");
    if (kind === "client") return { kind: "kv", key };
    if (kind === "transaction") {
      const accountId = await options.browserAccount();
      return accountId === null ? { kind: "nowhere" } : { kind: "agent", accountId, key };
    }
    if (key.startsWith(replayPrefix)) return placeFor(presented?.userId, key, `replay:${rest.join(":")}`);
    if (kind !== "grant" && kind !== "token") return { kind: "nowhere" };
    const [userId = "", ...own] = rest;
    return placeFor(await readUserId(tokenKeys, userId), key, [kind, ...own].join(":"));
  }

  function placeFor(userId: UserId | undefined, inKv: string, inAgent: string): Place {
    switch (userId?.kind) {
      case "tagged":
        return { kind: "agent", accountId: userId.accountId, key: inAgent };
      case "untagged":
        return { kind: "kv", key: inKv };
      default:
        return { kind: "nowhere" };
    }
  }

  async function readFromAgent(accountId: string, key: string): Promise<string | null> {
    const isSecret = key.startsWith("token:") || (key.startsWith("grant:") && presented?.use === "exchange");
    if (isSecret) options.expectNotBlocked(accountId);
    const value = opened.has(accountId)
      ? unwrap(await (await session(accountId)).read(key, presented))
      : unwrap(await open(accountId, { key, presented })).value;
    if (isSecret && (value === null || !isKnown(value, key, presented))) options.onUnknown(accountId);
    return value;
  }

  async function judgeAccessToken({ accountId, assistantId, hash }: AccessToken): Promise<AccessTokenVerdict> {
    options.expectNotBlocked(accountId);
    const { value } = unwrap(await open(accountId, { key: `access:${assistantId}:${hash}`, presented: null }));
    // `value` is null when the account does not exist.
    const verdict = value === null ? ({ kind: "unknown" } as const) : accessTokenVerdict.parse(JSON.parse(value));
    if (verdict.kind !== "valid") options.onUnknown(accountId);
    return verdict;
  }

  /**
   * Reads a grant that version 0.1.0 of this server wrote (called an old grant in this file). Null if the account no
   * longer exists or the person has revoked the assistant.
   */
  async function readOldGrant(key: string): Promise<string | null> {
    const value = await kv.get(key);
    if (value === null || presented?.use !== "exchange" || presented.userId.kind !== "untagged") return value;
    const { assistantId } = oldGrant.parse(JSON.parse(value)).metadata;
    if (unwrap(await (await session(presented.userId.accountId)).allows(assistantId))) return value;
    await kv.delete(key).catch(() => null); // if KV refuses, the account's Durable Object deletes the entry later
    return null;
  }

  async function get(key: string, type: unknown): Promise<unknown> {
    const place = await placeOf(key);
    let value: string | null = null;
    if (place.kind === "agent") value = await readFromAgent(place.accountId, place.key);
    if (place.kind === "kv") value = await (key.startsWith("grant:") ? readOldGrant(key) : kv.get(key));
    if (value === null) return null;
    return isJson(type) ? JSON.parse(value) : value;
  }

  async function put(key: string, value: string, times: KVNamespacePutOptions = {}): Promise<void> {
    const expiresAt = expiryOf(times);
    if (key.startsWith(replayPrefix)) {
      // The marker prevents the second use of a client assertion. It is kept in memory and later written together with
      // the grant. If the request issues no token, no marker is needed, and none is written.
      replay = { hash: key.slice(replayPrefix.length), expiresAt };
      return;
    }
    const place = await placeOf(key);
    if (place.kind === "agent") {
      const marker = key.startsWith("grant:") ? replay : null;
      const entry = { key: place.key, value, expiresAt, replay: marker };
      if (!unwrap(await (await session(place.accountId)).write(entry, presented))) throw endedError();
    }
    if (place.kind === "kv") await putInKv(key, value, times);
    if (place.kind === "nowhere") throw endedError();
  }

  async function putInKv(key: string, value: string, times: KVNamespacePutOptions): Promise<void> {
    if (!key.startsWith("grant:")) return kv.put(key, value, times);
    const before = await readOldGrant(key);
    if (before === null) throw endedError(); // the grant was deleted or revoked while this request ran
    if (replay) await kv.put(`${replayPrefix}${replay.hash}`, "1", { expiration: Math.ceil(replay.expiresAt / 1_000) });
    // In version 0.1.0 of this server, a grant lives for 180 days, and a refresh does not extend this time. An old
    // grant therefore keeps its time of expiry. 180 days after the upgrade, all of these grants have ended.
    const ends = oldGrant.parse(JSON.parse(before)).expiresAt;
    if (ends === undefined) return kv.put(key, value, times);
    const record = oldGrant.parse(JSON.parse(value));
    await kv.put(key, JSON.stringify({ ...record, expiresAt: ends }), { ...times, expiration: ends });
  }

  async function remove(key: string): Promise<void> {
    const place = await placeOf(key);
    if (place.kind === "kv") await kv.delete(key);
    if (place.kind !== "agent") return;
    const existed = unwrap(await (await session(place.accountId)).remove(place.key));
    // If a consent form is sent twice, two requests may read the same unfinished page at once. Only the request that
    // deletes the page may go on.
    if (!existed && key.startsWith("transaction:")) throw usedError();
  }

  async function list(options: KVNamespaceListOptions) {
    const prefix = options.prefix ?? "";
    const place = await placeOf(prefix);
    if (place.kind === "kv") return kv.list(options);
    if (place.kind === "nowhere") return { keys: [], list_complete: true };
    const found = unwrap(await (await session(place.accountId)).list(place.key));
    return { keys: found.map((key) => ({ name: `${prefix}${key.slice(place.key.length)}` })), list_complete: true };
  }

  const methods: Readonly<Record<string, unknown>> = { get, put, delete: remove, list };
  // The provider calls only these four methods of a KV namespace.
  const view = new Proxy(options.kv, { get: (_target, name) => methods[String(name)] });
  async function close(): Promise<void> {
    for (const result of await Promise.allSettled(opened.values())) {
      if (result.status === "fulfilled") result.value[Symbol.dispose]?.();
    }
  }

  return { kv: view, judgeAccessToken, session, close };
}

const oldGrant = z.looseObject({
  metadata: z.object({ assistantId: z.string() }),
  expiresAt: z.optional(z.number()),
});

/** The authorization code or refresh token of a request to the token endpoint. Null when the request has none. */
export async function readPresented(
  request: Request,
  tokenKeys: readonly SealingKey[],
): Promise<OAuthStoreOptions<RemoteGrants>["presented"]> {
  const form = await request.formData().catch(() => new FormData());
  const kind = form.get("grant_type");
  const text = form.get(kind ? (kind === "authorization_code" ? "code" : "refresh_token") : "token");
  if (typeof text !== "string") return null;
  const userId = await readUserId(tokenKeys, text.split(":")[0] ?? "");
  return { hash: await hashSecret(text), use: kind ? "exchange" : "revoke", userId };
}

/**
 * Whether the entry `value` contains the code or refresh token that the request presents. No entry contains an invented
 * one. An entry whose key begins with `token:` was found by the token itself, so it needs no test.
 */
function isKnown(value: string, key: string, presented: Presented | null): boolean {
  return key.startsWith("token:") || (presented !== null && value.includes(presented.hash));
}

function isJson(type: unknown): boolean {
  return type === "json" || (typeof type === "object" && type !== null && "type" in type && type.type === "json");
}

function endedError(): OAuthError {
  return new OAuthError("invalid_grant", { description: "This authorization has ended." });
}

function usedError(): AuthorizationError {
  return new AuthorizationError("invalid_request", { description: "This page was used already." });
}

/**
 * The time at which an entry expires, in epoch milliseconds. An entry without an expiry time gets the largest safe
 * integer.
 */
function expiryOf({ expiration, expirationTtl }: KVNamespacePutOptions): number {
  if (expirationTtl !== undefined) return now() + expirationTtl * 1_000;
  return expiration === undefined ? Number.MAX_SAFE_INTEGER : expiration * 1_000;
}

/**
 * The OAuth provider builds keys from client ids and tokens that clients send, so a key may be too long for KV. For
 * such a key, the store answers that there is no entry.
 *
 * A time of expiry is converted to a duration from now, because the clocks of KV and of this worker may differ. When KV
 * refuses an operation, because of the daily allowance or an outage, the store throws `store_unavailable`.
 */
function createKvStore(kv: KVNamespace) {
  const isTooLong = (key: string) => new TextEncoder().encode(key).byteLength > longestKeyBytes;
  return {
    get: async (key: string) => (isTooLong(key) ? null : attempt("get", () => kv.get(key))),
    async delete(key: string) {
      if (!isTooLong(key)) await attempt("delete", () => kv.delete(key));
    },
    put: (key: string, value: string, options: KVNamespacePutOptions) =>
      attempt("put", () => kv.put(key, value, withDuration(options))),
    list: (options: KVNamespaceListOptions) => attempt("list", () => kv.list(options)),
  };
}

async function attempt<T>(operation: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    console.error(JSON.stringify({ event: "kv_refused", operation, cause: withoutMessage(cause) }));
    throw new AppError({ kind: "store_unavailable" }, { cause });
  }
}

function withDuration(options: KVNamespacePutOptions): KVNamespacePutOptions {
  if (options.expiration === undefined) return options;
  const { expiration, ...rest } = options;
  return { ...rest, expirationTtl: Math.max(shortestSeconds, expiration - Math.floor(now() / 1_000)) };
}
