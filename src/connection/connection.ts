import * as z from "zod/mini";
import { isSealedWithFirstKey, open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { beforeDeadline } from "../oura/deadline.ts";
import { type OAuthDependencies, type OuraTokens, refreshTokens, revokeAtOura } from "../oura/oauth.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import type { TokenSource } from "../oura/transport.ts";

/**
 * One account's connection to Oura: the sealed token pair and its refresh. Oura's refresh tokens are single-use, so
 * this module must always hold the newest pair that Oura issued.
 */
export interface Connection extends TokenSource {
  state(): Promise<ConnectionState>;
  /** Stores a new pair and replaces the old one. */
  connect(tokens: OuraTokens, scopes: GrantedScopes): Promise<void>;
  /** Deletes the tokens at once; with `revoke` also revokes them at Oura. Returns whether Oura confirmed. */
  disconnect(options: { revoke: boolean }): Promise<boolean>;
}

/** The scopes of a grant, and whether reads proved them because Oura did not name them. */
export interface GrantedScopes {
  names: readonly ScopeName[];
  areProven: boolean;
}

export type ConnectionState =
  | { kind: "not_connected" }
  /** `key_changed`: there are tokens, but no key of this server decrypts them. */
  | {
      kind: "connected" | "needs_reconnect" | "key_changed";
      scopes: ScopeName[];
      areScopesProven: boolean;
      connectedAt: number;
    };

const record = z.object({
  /** Both tokens, sealed for this account; null after Oura has rejected the refresh token. */
  sealed: z.nullable(z.string()),
  /** Epoch ms at which the access token expires. */
  expiresAt: z.number(),
  scopes: z.array(z.enum(scopeNames)),
  /** Whether reads proved the scopes, because Oura did not name them. */
  areScopesProven: z._default(z.boolean(), false),
  connectedAt: z.number(),
  /**
   * Set before a refresh request is sent, and cleared when its tokens are stored. `heard` is true after an answer that
   * was neither tokens nor a rejection. It stays false when the object stopped before the answer came. `appRefused` is
   * true when that answer refused the app, so that calls during the wait say the same.
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
/** Refresh this long before the access token expires, so that no call uses an expired one. */
const renewAheadMilliseconds = 5 * 60_000;
const firstRetryMilliseconds = 30_000;
const longestRetryMilliseconds = 15 * 60_000;
/** How long a call waits for a refresh. The refresh itself continues, because its answer holds the only valid pair. */
const longestWaitMilliseconds = 12_000;

export interface ConnectionDependencies extends OAuthDependencies {
  accountId: string;
  /** How long a call waits for a refresh; 12 s by default. */
  longestWaitMilliseconds?: number;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  /** Called for every refresh that returned no tokens. */
  onRefreshFailure?(outcome: "refused" | "app_refused" | "uncertain"): void;
}

export function createConnection(dependencies: ConnectionDependencies): Connection {
  const { storage, tokenKeys, now } = dependencies;
  const context = { purpose: "oura-tokens", subject: dependencies.accountId } as const;
  let renewing: Promise<TokenPair> | null = null;
  /** The last decrypted pair, cached because a call needs it before every request. */
  let opened: { sealed: string; pair: TokenPair } | null = null;

  function load(): ConnectionRecord | null {
    const stored = storage.get(storageKey);
    return stored === undefined ? null : record.parse(stored);
  }

  /** The decrypted pair, or null when no key decrypts it. */
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
    // Tokens that no key decrypts are kept: the operator may restore the key.
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

  /** Concurrent calls share one refresh. */
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
    // The platform sends the request only after this write is on disk (output gate).
    storage.put(storageKey, { ...loadOrThrow(), renewal });
    const outcome = await refreshTokens(dependencies, pair.refreshToken);
    // A crash before the new pair is written loses the only valid pair. So it is encrypted and written in the turn of the
    // event loop in which Oura's answer is read, and encrypted first, so that nothing else runs after the record is read.
    const sealed = outcome.kind === "tokens" ? await sealPair(outcome.tokens) : null;
    const latest = load();
    if (latest === null) throw new AppError({ kind: "not_connected" }); // disconnected meanwhile: discard
    if (latest.connectedAt !== held.connectedAt) return loadPair(latest); // reconnected meanwhile: that pair is newer
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
        // Oura did not look at the refresh token. A short wait, so that a corrected secret works soon.
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
   * Refreshes, unless a recent attempt got an answer without tokens and its backoff is not over. An attempt without any
   * answer is repeated at once: if Oura has used up the token, waiting does not help, and if not, a retry does no harm.
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

  /** Limits how long a call waits, whether it started the refresh or joined one. */
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
      if (isKept && held.expiresAt > now()) return (await loadPair(loadOrThrow())).accessToken; // still valid
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
