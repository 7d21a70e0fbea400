import * as z from "zod/mini";
import { isSealedWithFirstKey, open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { beforeDeadline } from "../oura/deadline.ts";
import { type OAuthDependencies, type OuraTokens, refreshTokens, revokeAtOura } from "../oura/oauth.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import type { TokenSource } from "../oura/transport.ts";

/**
 * Stores one account's encrypted pair of tokens (access token and refresh token) for Oura's API. Each refresh token of
 * Oura's works only once and is replaced at each refresh, so the newest pair of tokens must never be lost.
 */
export interface Connection extends TokenSource {
  state(): Promise<ConnectionState>;
  connect(tokens: OuraTokens, scopes: GrantedScopes): Promise<void>;
  /**
   * Deletes the tokens at once. With `revoke`, the access token is also revoked at Oura. Returns whether Oura confirmed
   * the revocation.
   */
  disconnect(options: { revoke: boolean }): Promise<boolean>;
}

/** `areProven` is true if Oura did not name the scopes and Ringbridge found them by test requests. */
export interface GrantedScopes {
  names: readonly ScopeName[];
  areProven: boolean;
}

export type ConnectionState =
  | { kind: "not_connected" }
  /** With `key_changed`, tokens are stored, but none of this server's keys decrypts them. */
  | {
      kind: "connected" | "needs_reconnect" | "key_changed";
      scopes: ScopeName[];
      areScopesProven: boolean;
      connectedAt: number;
    };

const record = z.object({
  /** Both tokens, encrypted for this account. Null after Oura has rejected the refresh token. */
  sealed: z.nullable(z.string()),
  /** In epoch ms, for the access token. */
  expiresAt: z.number(),
  scopes: z.array(z.enum(scopeNames)),
  areScopesProven: z._default(z.boolean(), false),
  connectedAt: z.number(),
  /**
   * The last attempt to refresh the tokens, if it has not succeeded. It is stored before the request is sent, and
   * removed when the new tokens are stored. `heard` is true if an answer came that was neither new tokens nor a
   * rejection of the refresh token. It is false if no answer came, for example because the object stopped. `appRefused`
   * is true if the answer refused the server's client id or secret. Until the next attempt, every call that needs new
   * tokens reports the same failure.
   */
  renewal: z.nullable(
    z.object({
      attempts: z.number(),
      retryAt: z.number(),
      heard: z._default(z.boolean(), true),
      appRefused: z._default(z.boolean(), false),
    }),
  ),
});
type ConnectionRecord = z.infer<typeof record>;

const sealedPair = z.object({ accessToken: z.string(), refreshToken: z.string() });
type TokenPair = z.infer<typeof sealedPair>;

const storageKey = "connection";
/** The tokens are refreshed this long before the access token expires, so that no call uses an expired token. */
const renewAheadMilliseconds = 5 * 60_000;
const firstRetryMilliseconds = 30_000;
const longestRetryMilliseconds = 15 * 60_000;
/**
 * A call waits at most this long for a refresh of the tokens. Then the call fails, but the refresh goes on, because its
 * answer contains the only valid pair of tokens.
 */
const longestWaitMilliseconds = 12_000;

export interface ConnectionDependencies extends OAuthDependencies {
  accountId: string;
  /** Default: 12,000. */
  longestWaitMilliseconds?: number;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  /** Called after every attempt to refresh the tokens that brought no new tokens. */
  onRefreshFailure?(outcome: "refused" | "app_refused" | "uncertain"): void;
}

export function createConnection(dependencies: ConnectionDependencies): Connection {
  const { storage, tokenKeys, now } = dependencies;
  const context = { purpose: "oura-tokens", subject: dependencies.accountId } as const;
  let renewing: Promise<TokenPair> | null = null;
  /** Kept in memory, because a call needs the decrypted tokens before every request to Oura. */
  let opened: { sealed: string; pair: TokenPair } | null = null;

  function load(): ConnectionRecord | null {
    const stored = storage.get(storageKey);
    return stored === undefined ? null : record.parse(stored);
  }

  async function openPair(sealed: string): Promise<TokenPair | null> {
    if (opened !== null && opened.sealed === sealed) return opened.pair;
    const text = await open(tokenKeys, context, sealed);
    if (text === null) return null;
    opened = { sealed, pair: sealedPair.parse(JSON.parse(text)) };
    return opened.pair;
  }

  async function loadPair(held: ConnectionRecord): Promise<TokenPair> {
    const { sealed } = held;
    if (sealed === null) throw new AppError({ kind: "needs_reconnect" });
    const pair = await openPair(sealed);
    // Tokens that no key decrypts are not deleted, because the operator may restore the key.
    if (pair === null) throw new AppError({ kind: "key_changed" });
    if (!isSealedWithFirstKey(tokenKeys, sealed)) {
      const resealed = await sealPair(pair);
      const latest = load();
      if (latest?.sealed === sealed) storage.put(storageKey, { ...latest, sealed: resealed });
    }
    return pair;
  }

  async function stateOf({ sealed }: ConnectionRecord): Promise<"connected" | "needs_reconnect" | "key_changed"> {
    if (sealed === null) return "needs_reconnect";
    return (await openPair(sealed)) === null ? "key_changed" : "connected";
  }

  async function readAccessToken(held: ConnectionRecord): Promise<string | null> {
    try {
      return (await loadPair(held)).accessToken;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  function sealPair({ accessToken, refreshToken }: TokenPair): Promise<string> {
    return seal(tokenKeys, context, JSON.stringify({ accessToken, refreshToken }));
  }

  /** Concurrent calls share one refresh, because a refresh token works only once. */
  function renew(): Promise<TokenPair> {
    renewing ??= renewOnce().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  async function renewOnce(): Promise<TokenPair> {
    const held = loadOrThrow();
    const pair = await loadPair(held);
    const attempts = (held.renewal?.attempts ?? 0) + 1;
    const backoff = Math.min(firstRetryMilliseconds * 2 ** (attempts - 1), longestRetryMilliseconds);
    const renewal = { attempts, retryAt: now() + backoff, heard: false, appRefused: false };
    // The platform holds the request to Oura back until this write is on disk (the output gate of Durable Objects).
    // After a crash, the record therefore shows that a refresh was attempted.
    storage.put(storageKey, { ...loadOrThrow(), renewal });
    const outcome = await refreshTokens(dependencies, pair.refreshToken);
    // A crash before the new pair of tokens is written would lose the only valid pair. So the pair is encrypted and
    // written in the same turn of the event loop in which Oura's answer is read. The stored record is read after the
    // encryption and right before the write, so that no other code can change it in between.
    const sealed = outcome.kind === "tokens" ? await sealPair(outcome.tokens) : null;
    const latest = load();
    if (latest === null) throw new AppError({ kind: "not_connected" }); // the person disconnected Oura during the refresh
    // The person connected Oura again during the refresh, so newer tokens are stored.
    if (latest.connectedAt !== held.connectedAt) return loadPair(latest);
    if (outcome.kind !== "tokens") dependencies.onRefreshFailure?.(outcome.kind);
    switch (outcome.kind) {
      case "tokens": {
        const { accessToken, refreshToken, expiresAt, scopes } = outcome.tokens;
        const granted = scopes === null ? {} : { scopes, areScopesProven: false };
        storage.put(storageKey, { ...latest, sealed, expiresAt, ...granted, renewal: null });
        return { accessToken, refreshToken };
      }
      case "refused":
        storage.put(storageKey, { ...latest, sealed: null, renewal: null });
        throw new AppError({ kind: "needs_reconnect" });
      case "uncertain":
        storage.put(storageKey, { ...latest, renewal: { ...renewal, heard: true } });
        throw new AppError({ kind: "refresh_uncertain", retryAfterSeconds: Math.ceil(backoff / 1_000) });
      case "app_refused": {
        // Oura refused the server's client id or secret and did not check the refresh token, so the token is still
        // valid. The next attempt follows soon, so that a corrected secret works soon.
        const retryAt = now() + firstRetryMilliseconds;
        storage.put(storageKey, { ...latest, renewal: { attempts: 0, retryAt, heard: true, appRefused: true } });
        throw new AppError({ kind: "oura_app_refused" });
      }
    }
  }

  function loadOrThrow(): ConnectionRecord {
    const held = load();
    if (held === null) throw new AppError({ kind: "not_connected" });
    if (held.sealed === null) throw new AppError({ kind: "needs_reconnect" });
    return held;
  }

  /**
   * Refreshes the tokens, or throws if it is too early for the next attempt. If Oura answered the last attempt without
   * sending tokens, the next attempt must wait for some time. If no answer came at all, the next attempt is made at
   * once. Oura may or may not have used up the refresh token: if it has, waiting does not help, and if it has not, a
   * second attempt does no harm.
   */
  async function renewWhenDue(): Promise<TokenPair> {
    const { renewal } = loadOrThrow();
    if (renewing === null && renewal?.heard && now() < renewal.retryAt) {
      if (renewal.appRefused) throw new AppError({ kind: "oura_app_refused" });
      throw new AppError({
        kind: "refresh_uncertain",
        retryAfterSeconds: Math.ceil((renewal.retryAt - now()) / 1_000),
      });
    }
    return waitFor(renew());
  }

  /**
   * Waits for a refresh of the tokens, but no longer than {@link longestWaitMilliseconds}. The limit is the same for
   * the call that started the refresh and for calls that wait for the same refresh.
   */
  function waitFor(renewal: Promise<TokenPair>): Promise<TokenPair> {
    return beforeDeadline(renewal, dependencies.longestWaitMilliseconds ?? longestWaitMilliseconds, {
      kind: "refresh_uncertain",
      retryAfterSeconds: firstRetryMilliseconds / 1_000,
    });
  }

  async function current(): Promise<string> {
    const held = loadOrThrow();
    if (held.expiresAt - now() > renewAheadMilliseconds) return (await loadPair(held)).accessToken;
    try {
      return (await renewWhenDue()).accessToken;
    } catch (error) {
      const isKept =
        error instanceof AppError && ["refresh_uncertain", "oura_app_refused"].includes(error.failure.kind);
      // The refresh failed, but the old access token is still valid, so it is used.
      if (isKept && held.expiresAt > now()) return (await loadPair(loadOrThrow())).accessToken;
      throw error;
    }
  }

  return {
    async state() {
      const held = load();
      if (held === null) return { kind: "not_connected" };
      const { scopes, areScopesProven, connectedAt } = held;
      return { kind: await stateOf(held), scopes, areScopesProven, connectedAt };
    },
    current,
    async replace(rejected) {
      const pair = renewing ? await waitFor(renewing) : await loadPair(loadOrThrow());
      return pair.accessToken === rejected ? (await renewWhenDue()).accessToken : pair.accessToken;
    },
    async connect({ accessToken, refreshToken, expiresAt }, { names, areProven }) {
      const sealed = await sealPair({ accessToken, refreshToken });
      const granted = { scopes: [...names], areScopesProven: areProven };
      const kept: ConnectionRecord = { sealed, expiresAt, ...granted, connectedAt: now(), renewal: null };
      storage.put(storageKey, kept);
    },
    async disconnect({ revoke }) {
      const held = load();
      storage.delete(storageKey);
      const accessToken = held && revoke ? await readAccessToken(held) : null;
      opened = null;
      return accessToken === null ? false : revokeAtOura(dependencies, accessToken);
    },
  };
}
