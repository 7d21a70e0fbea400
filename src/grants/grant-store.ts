import * as z from "zod/mini";
import { judgeAccessToken } from "./access-token.ts";
import type { AssistantStore } from "./assistants.ts";
import { judgeRefresh, type LedgerEntry, ledgerEntry, recordRefresh } from "./refresh-ledger.ts";

/**
 * One account's part of the OAuth provider's store, kept in the account's Durable Object. It holds grants with their
 * authorization codes, tokens, unfinished consent pages, and markers that prevent the second use of a client assertion.
 * Every write is atomic, and nothing is written for a grant that has ended.
 *
 * The provider's keys contain the user id. This store leaves the user id out: `grant:<id>`, `token:<grant>:<hash>`,
 * `transaction:<hash>`, and `replay:<hash>`. The key `access:<record>:<hash>` belongs to no stored entry. When this key
 * is read, the store checks whether the access token with this hash belongs to the record with this id, and returns the
 * result of the check.
 */
export interface GrantStore {
  /**
   * Returns the value that the OAuth provider stored under `key`. A grant may have several valid refresh tokens in this
   * store, but the provider knows only one current token in each grant. So if the presented refresh token is valid, the
   * grant is returned with this token as its current one. If the presented token was used too long ago, its grant is
   * ended.
   */
  read(key: string, presented: Presented | null): string | null;
  /**
   * Returns false and writes nothing when the entry's grant has ended, or when another request has just used the same
   * code or refresh token.
   */
  write(entry: StoreEntry, presented: Presented | null): boolean;
  /** Returns whether the entry existed. Deleting a grant also deletes its tokens. */
  remove(key: string): boolean;
  list(prefix: string): string[];
  /**
   * Whether the assistant with this record id has a grant that has not expired. A grant whose authorization code the
   * assistant has not used yet counts too.
   */
  hasGrantOf(assistantId: string): boolean;
  endGrantsOf(assistantId: string): void;
  deleteExpired(): void;
  /** In epoch milliseconds. */
  expiries(): number[];
}

/** The authorization code or refresh token that a request to the OAuth provider contains. */
export interface Presented {
  hash: string;
  use: "exchange" | "revoke";
}

export interface StoreEntry {
  key: string;
  value: string;
  /** Epoch ms. */
  expiresAt: number;
  /**
   * The hash of the assertion (a signed JWT) with which the client proved who it is. It is stored as a marker until the
   * assertion expires, and a second request with the same assertion is refused.
   */
  replay: { hash: string; expiresAt: number } | null;
}

/**
 * The fields of a grant that this file reads or removes. Other fields that the OAuth provider writes are kept
 * unchanged.
 */
const grantRecord = z.looseObject({
  metadata: z.object({ assistantId: z.string() }),
  authCodeId: z.optional(z.string()),
  authCodeWrappedKey: z.optional(z.string()),
  refreshTokenId: z.optional(z.string()),
  refreshTokenWrappedKey: z.optional(z.string()),
  previousRefreshTokenId: z.optional(z.string()),
  previousRefreshTokenWrappedKey: z.optional(z.string()),
});
type GrantRecord = z.infer<typeof grantRecord>;

const keptGrant = z.object({ record: grantRecord, ledger: z.array(ledgerEntry), expiresAt: z.number() });
type KeptGrant = z.infer<typeof keptGrant>;

const keptValue = z.object({ value: z.string(), expiresAt: z.number() });

const prefixes = ["grant:", "token:", "transaction:", "replay:"] as const;
/** One OAuth grant may have at most this many access tokens. When there are more, the oldest stop working. */
const mostTokens = 20;
/**
 * One account may have at most this many unfinished consent pages and unfinished connections to Oura together. When
 * there are more, the oldest stop working.
 */
const mostTransactions = 20;

export function createGrantStore(
  storage: SyncKvStorage,
  now: () => number,
  { find, isAllowed }: Pick<AssistantStore, "find" | "isAllowed">,
): GrantStore {
  function loadGrant(key: string): KeptGrant | null {
    const stored = storage.get(key);
    const kept = stored === undefined ? null : keptGrant.parse(stored);
    return kept && kept.expiresAt > now() && isAllowed(kept.record.metadata.assistantId) ? kept : null;
  }

  function loadValue(key: string): string | null {
    const stored = storage.get(key);
    const kept = stored === undefined ? null : keptValue.parse(stored);
    return kept && kept.expiresAt > now() ? kept.value : null;
  }

  function keysOf(prefix: string): string[] {
    return Array.from(storage.list({ prefix }), ([key]) => key);
  }

  function remove(key: string): boolean {
    const existed = storage.delete(key);
    if (key.startsWith("grant:")) {
      for (const token of keysOf(`token:${key.slice("grant:".length)}:`)) storage.delete(token);
    }
    return existed;
  }

  function read(key: string, presented: Presented | null): string | null {
    if (key.startsWith("access:")) {
      const [, assistantId = "", hash = ""] = key.split(":");
      return JSON.stringify(judgeAccessToken(find(assistantId), hash, now()));
    }
    if (key.startsWith("token:")) return loadGrant(grantKeyOf(key)) === null ? null : loadValue(key);
    if (!key.startsWith("grant:")) return loadValue(key);
    const kept = loadGrant(key);
    if (kept === null) return null;
    const entry = kept.ledger.find(({ hash }) => hash === presented?.hash);
    if (!presented || !entry) return JSON.stringify(kept.record);
    if (presented.use === "revoke") return showFor(kept.record, entry.hash, entry.wrappedKey ?? "");
    const verdict = judgeRefresh(kept.ledger, entry.hash, now());
    if (verdict.kind === "usable") return showFor(kept.record, entry.hash, verdict.wrappedKey);
    remove(key);
    return null;
  }

  function write(entry: StoreEntry, presented: Presented | null): boolean {
    const { key, value, expiresAt, replay } = entry;
    if (replay && storage.get(`replay:${replay.hash}`) !== undefined) return false;
    if (key.startsWith("grant:") && !writeGrant(entry, presented)) return false;
    if (key.startsWith("token:")) {
      if (loadGrant(grantKeyOf(key)) === null) return false;
      dropOldest(grantKeyOf(key).replace("grant:", "token:"), mostTokens - 1);
    }
    if (key.startsWith("transaction:")) dropOldest("transaction:", mostTransactions - 1);
    if (!key.startsWith("grant:")) storage.put(key, { value, expiresAt });
    if (replay) storage.put(`replay:${replay.hash}`, { value: "1", expiresAt: replay.expiresAt });
    return true;
  }

  function writeGrant({ key, value, expiresAt }: StoreEntry, presented: Presented | null): boolean {
    const record = grantRecord.parse(JSON.parse(value));
    const ledger = nextLedger(loadGrant(key), record, presented);
    if (ledger === null || !isAllowed(record.metadata.assistantId)) {
      remove(key);
      return false;
    }
    const kept: KeptGrant = { record: withoutTokens(record), ledger, expiresAt };
    storage.put(key, kept);
    return true;
  }

  /**
   * Returns the list of a grant's refresh tokens as it will be after `record` is written. Returns null when the request
   * may not write `record`.
   */
  function nextLedger(
    before: KeptGrant | null,
    record: GrantRecord,
    presented: Presented | null,
  ): LedgerEntry[] | null {
    const { refreshTokenId: hash, refreshTokenWrappedKey: wrappedKey } = record;
    // If a request presents neither a code nor a token, it may write only a record of a new grant. The authorization
    // code of a new grant is not used yet.
    if (presented === null) return before === null && record.authCodeWrappedKey ? [] : null;
    if (before === null || !hash || !wrappedKey) return null; // the grant has ended while this request ran
    if (presented.hash === before.record.authCodeId) {
      const isFirstUse = before.record.authCodeWrappedKey !== undefined;
      return isFirstUse ? [{ hash, wrappedKey, parent: null, firstUsedAt: null }] : null;
    }
    const { kind } = judgeRefresh(before.ledger, presented.hash, now());
    return kind === "usable" ? recordRefresh(before.ledger, presented.hash, { hash, wrappedKey }, now()) : null;
  }

  /** Keeps the `kept` newest entries with this prefix and deletes all others. Expired entries are always deleted. */
  function dropOldest(prefix: string, kept: number): void {
    const entries = Array.from(storage.list({ prefix }), ([key, value]) => ({
      key,
      // All entries with the same prefix have the same lifetime, so the oldest expires first.
      expiresAt: keptValue.parse(value).expiresAt,
    })).toSorted((left, right) => right.expiresAt - left.expiresAt);
    for (const { key, expiresAt } of entries) {
      if (expiresAt <= now() || entries.findIndex((entry) => entry.key === key) >= kept) storage.delete(key);
    }
  }

  function grants(): { key: string; kept: KeptGrant }[] {
    return Array.from(storage.list({ prefix: "grant:" }), ([key, value]) => ({ key, kept: keptGrant.parse(value) }));
  }

  const expiring = z.object({ expiresAt: z.number() });

  function entries(): { key: string; expiresAt: number }[] {
    return prefixes.flatMap((prefix) =>
      Array.from(storage.list({ prefix }), ([key, value]) => ({ key, ...expiring.parse(value) })),
    );
  }

  return {
    read,
    write,
    remove,
    list: keysOf,
    hasGrantOf: (assistantId) =>
      grants().some(({ kept }) => kept.record.metadata.assistantId === assistantId && kept.expiresAt > now()),
    endGrantsOf(assistantId) {
      for (const { key, kept } of grants()) if (kept.record.metadata.assistantId === assistantId) remove(key);
    },
    deleteExpired() {
      for (const { key, expiresAt } of entries()) if (expiresAt <= now()) remove(key);
    },
    expiries: () => entries().map(({ expiresAt }) => expiresAt),
  };
}

/** For the token's key `token:<grant>:<hash>`, the grant's key is `grant:<grant>`. */
function grantKeyOf(tokenKey: string): string {
  return `grant:${tokenKey.split(":")[1] ?? ""}`;
}

/**
 * The stored record of a grant has no refresh token, because refresh tokens are kept in a list. The OAuth provider
 * expects one refresh token in the record. This function adds the given one and returns the record as the JSON text
 * that the provider reads.
 */
function showFor(record: GrantRecord, refreshTokenId: string, refreshTokenWrappedKey: string): string {
  return JSON.stringify({ ...record, refreshTokenId, refreshTokenWrappedKey });
}

/**
 * The provider's record has a field for only one refresh token, but a grant may have several, so they are stored in a
 * list beside the record.
 */
function withoutTokens(record: GrantRecord): GrantRecord {
  const { refreshTokenId: _id, refreshTokenWrappedKey: _key, ...rest } = record;
  const { previousRefreshTokenId: _previousId, previousRefreshTokenWrappedKey: _previousKey, ...kept } = rest;
  return kept;
}
