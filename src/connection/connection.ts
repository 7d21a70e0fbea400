import * as z from "zod";
import { isSealedWithFirstKey, open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { beforeDeadline } from "../oura/deadline.ts";
import { type OAuthDependencies, type OuraTokens, refreshTokens, revokeAtOura } from "../oura/oauth.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import type { TokenSource } from "../oura/transport.ts";

/**
 * One account's connection to Oura: its encrypted pair of tokens and their refresh. Each of Oura's refresh tokens works
 * only once, so this module must always keep the newest pair that Oura issued.
 */
export interface Connection extends TokenSource {
  state(): ConnectionState;
  /** Stores a new pair of tokens in place of the old pair. */
  connect(tokens: OuraTokens, scopes: GrantedScopes): Promise<void>;
  /**
   * Deletes the tokens at once. With `revoke`, the access token is also revoked at Oura. Returns whether Oura confirmed
   * the revocation.
   */
  disconnect(options: { revoke: boolean }): Promise<boolean>;
}

/**
 * The scopes (permissions) of a grant. `areProven` says that Ringbridge determined them by test requests, because Oura
 * did not name them.
 */
export interface GrantedScopes {
  names: readonly ScopeName[];
  areProven: boolean;
}

export type ConnectionState =
  | { kind: "not_connected" }
  /** `key_changed` means that tokens are stored, but none of this server's keys decrypts them. */
  | {
      kind: "connected" | "needs_reconnect" | "key_changed";
      scopes: ScopeName[];
      areScopesProven: boolean;
      connectedAt: number;
    };

const record = z.object({
  /** Both tokens, encrypted for this account. Null after Oura has rejected the refresh token. */
  sealed: z.string().nullable(),
  /** When the access token expires, in epoch ms. */
  expiresAt: z.number(),
  scopes: z.array(z.enum(scopeNames)),
  /** Whether Ringbridge determined the scopes by test requests, because Oura did not name them. */
  areScopesProven: z.boolean().default(false),
  connectedAt: z.number(),
  /**
   * The current attempt to refresh the tokens. It is stored before the request is sent and cleared when the new tokens
   * are stored. `heard` is true after an answer that was neither tokens nor a rejection. It stays false if the object
   * stopped before the answer came. `appRefused` is true if the answer refused the app's id or secret. Calls during the
   * waiting time then report this failure too.
   */
  renewal: z
    .object({
      attempts: z.number(),
      retryAt: z.number(),
      heard: z.boolean().default(true),
      appRefused: z.boolean().default(false),
    })
    .nullable(),
});
type ConnectionRecord = z.infer<typeof record>;

const sealedPair = z.object({ accessToken: z.string(), refreshToken: z.string() });
type TokenPair = z.infer<typeof sealedPair>;

const storageKey = "connection";
/** A refresh starts this long before the access token expires, so that no call uses an expired token. */
const renewAheadMilliseconds = 5 * 60_000;
const firstRetryMilliseconds = 30_000;
const longestRetryMilliseconds = 15 * 60_000;
/**
 * How long a call waits for a refresh of the tokens. The refresh continues after this time, because its answer contains
 * the only valid pair of tokens.
 */
const longestWaitMilliseconds = 12_000;

export interface ConnectionDependencies extends OAuthDependencies {
  accountId: string;
  /** How long a call waits for a refresh, in milliseconds. Default: 12,000. */
  longestWaitMilliseconds?: number;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  /** Called after every refresh that returned no tokens. */
  onRefreshFailure?(outcome: "refused" | "app_refused" | "uncertain"): void;
}

export function createConnection(dependencies: ConnectionDependencies): Connection {
  const { storage, tokenKeys, now } = dependencies;
  const context = { purpose: "oura-tokens", subject: dependencies.accountId } as const;
  let renewing: Promise<TokenPair> | null = null;
  /** The last decrypted pair of tokens. It is kept in memory because a call needs it before every request to Oura. */
  let opened: { sealed: string; pair: TokenPair } | null = null;

  function load(): ConnectionRecord | null {
    const stored = storage.get(storageKey);
    return stored === undefined ? null : record.parse(stored);
  }

  /** The decrypted pair of tokens; null when none of the server's keys decrypts it. */
  function openPair(sealed: string): TokenPair | null {
    if (opened !== null && opened.sealed === sealed) return opened.pair;
    const text = open(tokenKeys, context, sealed);
    if (text === null) return null;
    opened = { sealed, pair: sealedPair.parse(JSON.parse(text)) };
    return opened.pair;
  }

  function loadPair(held: ConnectionRecord): TokenPair {
    const { sealed } = held;
    if (sealed === null) throw new AppError({ kind: "needs_reconnect" });
    const pair = openPair(sealed);
    // Tokens that no key decrypts are not deleted, because the operator may restore the key.
    if (pair === null) throw new AppError({ kind: "key_changed" });
    if (!isSealedWithFirstKey(tokenKeys, sealed)) {
      const latest = load();
      if (latest?.sealed === sealed) storage.put(storageKey, { ...latest, sealed: sealPair(pair) });
    }
    return pair;
  }

  function stateOf({ sealed }: ConnectionRecord): "connected" | "needs_reconnect" | "key_changed" {
    if (sealed === null) return "needs_reconnect";
    return openPair(sealed) === null ? "key_changed" : "connected";
  }

  function readAccessToken(held: ConnectionRecord): string | null {
    try {
      return loadPair(held).accessToken;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  function sealPair(pair: TokenPair): string {
    return seal(tokenKeys, context, JSON.stringify(pair));
  }

  /** Refreshes the tokens. Concurrent calls share one refresh, because a refresh token works only once. */
  function renew(): Promise<TokenPair> {
    renewing ??= renewOnce().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  async function renewOnce(): Promise<TokenPair> {
    const held = loadOrThrow();
    const pair = loadPair(held);
    const attempts = (held.renewal?.attempts ?? 0) + 1;
    const backoff = Math.min(firstRetryMilliseconds * 2 ** (attempts - 1), longestRetryMilliseconds);
    const renewal = { attempts, retryAt: now() + backoff, heard: false, appRefused: false };
    // The platform sends the request only after this write is on disk (the output gate of Durable Objects). After a
    // crash, the record therefore shows that a refresh was attempted.
    storage.put(storageKey, { ...loadOrThrow(), renewal });
    const outcome = await refreshTokens(dependencies, pair.refreshToken);
    const latest = load();
    if (latest === null) throw new AppError({ kind: "not_connected" }); // disconnected meanwhile
    if (latest.connectedAt !== held.connectedAt) return loadPair(latest); // reconnected meanwhile: newer tokens
    if (outcome.kind !== "tokens") dependencies.onRefreshFailure?.(outcome.kind);
    switch (outcome.kind) {
      case "tokens": {
        // No `await` stands between the answer and this write. A crash between them would lose the only valid pair of
        // tokens.
        const { accessToken, refreshToken, expiresAt, scopes } = outcome.tokens;
        const fresh = { accessToken, refreshToken };
        const sealed = sealPair(fresh);
        const granted = scopes === null ? {} : { scopes, areScopesProven: false };
        storage.put(storageKey, { ...latest, sealed, expiresAt, ...granted, renewal: null });
        return fresh;
      }
      case "refused":
        storage.put(storageKey, { ...latest, sealed: null, renewal: null });
        throw new AppError({ kind: "needs_reconnect" });
      case "uncertain":
        storage.put(storageKey, { ...latest, renewal: { ...renewal, heard: true } });
        throw new AppError({ kind: "refresh_uncertain", retryAfterSeconds: Math.ceil(backoff / 1_000) });
      case "app_refused": {
        // Oura refused the app and did not check the refresh token, so the token is still valid. The waiting time is
        // short, so that a corrected secret works soon.
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
   * Refreshes the tokens, unless a recent attempt got an answer without tokens and its waiting time is not over. An
   * attempt without any answer is repeated at once. If Oura has used up the refresh token, waiting does not help. If
   * Oura has not, a second attempt does no harm.
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

  /** Limits how long a call waits for a refresh, whether the call started the refresh or another call did. */
  function waitFor(renewal: Promise<TokenPair>): Promise<TokenPair> {
    return beforeDeadline(renewal, dependencies.longestWaitMilliseconds ?? longestWaitMilliseconds, {
      kind: "refresh_uncertain",
      retryAfterSeconds: firstRetryMilliseconds / 1_000,
    });
  }

  async function current(): Promise<string> {
    const held = loadOrThrow();
    if (held.expiresAt - now() > renewAheadMilliseconds) return loadPair(held).accessToken;
    try {
      return (await renewWhenDue()).accessToken;
    } catch (error) {
      const isKept =
        error instanceof AppError && ["refresh_uncertain", "oura_app_refused"].includes(error.failure.kind);
      if (isKept && held.expiresAt > now()) return loadPair(loadOrThrow()).accessToken; // the old token is still valid
      throw error;
    }
  }

  return {
    state() {
      const held = load();
      if (held === null) return { kind: "not_connected" };
      const { scopes, areScopesProven, connectedAt } = held;
      return { kind: stateOf(held), scopes, areScopesProven, connectedAt };
    },
    current,
    async replace(rejected) {
      const pair = renewing ? await waitFor(renewing) : loadPair(loadOrThrow());
      return pair.accessToken === rejected ? (await renewWhenDue()).accessToken : pair.accessToken;
    },
    async connect({ accessToken, refreshToken, expiresAt }, { names, areProven }) {
      const sealed = sealPair({ accessToken, refreshToken });
      const granted = { scopes: [...names], areScopesProven: areProven };
      const kept: ConnectionRecord = { sealed, expiresAt, ...granted, connectedAt: now(), renewal: null };
      storage.put(storageKey, kept);
    },
    async disconnect({ revoke }) {
      const held = load();
      const accessToken = held && revoke ? readAccessToken(held) : null;
      storage.delete(storageKey);
      opened = null;
      return accessToken === null ? false : revokeAtOura(dependencies, accessToken);
    },
  };
}
