import * as z from "zod";
import { isSealedWithFirstKey, open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { beforeDeadline } from "../oura/deadline.ts";
import { type OAuthDependencies, type OuraTokens, refreshTokens, revokeAtOura } from "../oura/oauth.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import type { TokenSource } from "../oura/transport.ts";

/**
 * One person's connection to Oura: the sealed token pair and its renewal. Oura's refresh tokens work once, so everything
 * here serves one aim: never to hold a pair that is not the newest one Oura issued.
 */
export interface Connection extends TokenSource {
  state(): ConnectionState;
  /** Keeps a fresh pair, replacing whatever was there. */
  connect(tokens: OuraTokens, scopes: readonly ScopeName[]): Promise<void>;
  /** Forgets the tokens at once; with `revoke` also tells Oura. Returns whether Oura confirmed. */
  disconnect(options: { revoke: boolean }): Promise<boolean>;
}

export type ConnectionState =
  | { kind: "not_connected" }
  | { kind: "connected"; scopes: ScopeName[]; connectedAt: number }
  | { kind: "needs_reconnect"; scopes: ScopeName[]; connectedAt: number };

const record = z.object({
  /** Both tokens, sealed for this account; null once Oura has refused them for good. */
  sealed: z.string().nullable(),
  /** Epoch ms at which the access token ends. */
  expiresAt: z.number(),
  scopes: z.array(z.enum(scopeNames)),
  connectedAt: z.number(),
  /**
   * Set before a refresh is sent and cleared with its tokens. `heard` once an answer came that was neither tokens nor a
   * refusal; without it nobody heard any, because the object that asked is gone.
   */
  renewal: z.object({ attempts: z.number(), retryAt: z.number(), heard: z.boolean().default(true) }).nullable(),
});
type ConnectionRecord = z.infer<typeof record>;

const sealedPair = z.object({ accessToken: z.string(), refreshToken: z.string() });
type TokenPair = z.infer<typeof sealedPair>;

const storageKey = "connection";
/** Refresh this long before the access token ends, so that no call meets an expired one. */
const renewAheadMilliseconds = 5 * 60_000;
const firstRetryMilliseconds = 30_000;
const longestRetryMilliseconds = 15 * 60_000;
/** How long a call waits for a renewal. The renewal itself goes on: its answer holds the only pair Oura still takes. */
const longestWaitMilliseconds = 12_000;

export interface ConnectionDependencies extends OAuthDependencies {
  accountId: string;
  /** How long a call waits for a renewal; 12 s unless said otherwise. */
  longestWaitMilliseconds?: number;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  /** Told of every refresh that did not bring tokens. */
  onRefreshFailure?(outcome: "refused" | "uncertain"): void;
}

export function createConnection(dependencies: ConnectionDependencies): Connection {
  const { storage, tokenKeys, now } = dependencies;
  const context = { purpose: "oura-tokens", subject: dependencies.accountId } as const;
  let renewing: Promise<TokenPair> | null = null;
  /** The pair opened last: one call asks for it before every request. */
  let opened: { sealed: string; pair: TokenPair } | null = null;

  function load(): ConnectionRecord | null {
    const stored = storage.get(storageKey);
    return stored === undefined ? null : record.parse(stored);
  }

  function loadPair(held: ConnectionRecord): TokenPair {
    if (opened !== null && opened.sealed === held.sealed) return opened.pair;
    const text = held.sealed === null ? null : open(tokenKeys, context, held.sealed);
    // A text no key opens may open again when the operator restores the key: it is refused, not deleted.
    if (held.sealed === null || text === null) throw new AppError({ kind: "needs_reconnect" });
    const pair = sealedPair.parse(JSON.parse(text));
    if (!isSealedWithFirstKey(tokenKeys, held.sealed)) {
      const latest = load();
      if (latest?.sealed === held.sealed) storage.put(storageKey, { ...latest, sealed: sealPair(pair) });
    }
    opened = { sealed: held.sealed, pair };
    return pair;
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

  /** All who find the token expired wait for one refresh. */
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
    const renewal = { attempts, retryAt: now() + backoff, heard: false };
    // The write reaches the disk before the request leaves: the platform holds output until storage is confirmed.
    storage.put(storageKey, { ...loadOrThrow(), renewal });
    const outcome = await refreshTokens(dependencies, pair.refreshToken);
    const latest = load();
    if (latest === null) throw new AppError({ kind: "not_connected" }); // disconnected: a late answer revives nothing
    if (latest.connectedAt !== held.connectedAt) return loadPair(latest); // reconnected: that pair is newer
    if (outcome.kind !== "tokens") dependencies.onRefreshFailure?.(outcome.kind);
    switch (outcome.kind) {
      case "tokens": {
        // Stored in the turn in which the answer was read: until it is on disk, a crash loses the only pair Oura takes.
        const { accessToken, refreshToken, expiresAt, scopes } = outcome.tokens;
        const fresh = { accessToken, refreshToken };
        const sealed = sealPair(fresh);
        storage.put(storageKey, { ...latest, sealed, expiresAt, scopes: scopes ?? latest.scopes, renewal: null });
        return fresh;
      }
      case "refused":
        storage.put(storageKey, { ...latest, sealed: null, renewal: null });
        throw new AppError({ kind: "needs_reconnect" });
      case "uncertain":
        storage.put(storageKey, { ...latest, renewal: { ...renewal, heard: true } });
        throw new AppError({ kind: "refresh_uncertain", retryAfterSeconds: Math.ceil(backoff / 1_000) });
    }
  }

  function loadOrThrow(): ConnectionRecord {
    const held = load();
    if (held === null) throw new AppError({ kind: "not_connected" });
    if (held.sealed === null) throw new AppError({ kind: "needs_reconnect" });
    return held;
  }

  /**
   * Renews, unless Oura has just answered such an attempt with something else. One that nobody heard the end of is tried
   * again at once: if Oura has used the token up, waiting brings nothing back, and if it has not, nothing is lost.
   */
  async function renewWhenDue(): Promise<TokenPair> {
    const { renewal } = loadOrThrow();
    if (renewing === null && renewal?.heard && now() < renewal.retryAt) {
      throw new AppError({
        kind: "refresh_uncertain",
        retryAfterSeconds: Math.ceil((renewal.retryAt - now()) / 1_000),
      });
    }
    return waitFor(renew());
  }

  /** Nobody waits longer than this for a renewal, whether they began it or found it under way. */
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
      const uncertain = error instanceof AppError && error.failure.kind === "refresh_uncertain";
      if (uncertain && held.expiresAt > now()) return loadPair(loadOrThrow()).accessToken; // good for minutes yet
      throw error;
    }
  }

  return {
    state() {
      const held = load();
      if (held === null) return { kind: "not_connected" };
      const { scopes, connectedAt } = held;
      return { kind: held.sealed === null ? "needs_reconnect" : "connected", scopes, connectedAt };
    },
    current,
    async replace(rejected) {
      const pair = renewing ? await waitFor(renewing) : loadPair(loadOrThrow());
      return pair.accessToken === rejected ? (await renewWhenDue()).accessToken : pair.accessToken;
    },
    async connect({ accessToken, refreshToken, expiresAt }, scopes) {
      const sealed = sealPair({ accessToken, refreshToken });
      const kept: ConnectionRecord = { sealed, expiresAt, scopes: [...scopes], connectedAt: now(), renewal: null };
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
