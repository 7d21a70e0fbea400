import * as z from "zod/mini";

/**
 * One refresh token of a grant. Each use of it issues a new token, its successor. Two windows of one client may share a
 * refresh token and use it at about the same time. Each window then gets its own new tokens. If a token is used again
 * later, somebody may have copied it, so the grant ends (RFC 9700 §4.14.2).
 */
export const ledgerEntry = z.object({
  hash: z.string(),
  /**
   * The key that decrypts the grant's props (the data that the provider stores with a grant). This key is stored
   * encrypted, and only the refresh token decrypts it. The field is null when the refresh token must not be used again.
   * This is the case after the token's successor was used, or when the time for a second use has passed.
   */
  wrappedKey: z.nullable(z.string()),
  /**
   * The hash of the earlier refresh token with which the client got this token. Null for the first token, which the
   * client got with the authorization code.
   */
  parent: z.nullable(z.string()),
  /** In epoch milliseconds. Null before the first use. */
  firstUsedAt: z.nullable(z.number()),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/**
 * A refresh token may be used again for this long after its first use. If its successor (the token that replaced it) is
 * used earlier, the time ends with that use.
 */
const reuseMilliseconds = 2 * 60_000;
/**
 * Each grant remembers at most this many used refresh tokens. If a token that is no longer remembered is used again, it
 * is refused like an unknown token, and the grant does not end.
 */
const keptUsed = 100;
/** An OAuth grant keeps at most this many unused refresh tokens. The oldest stop working first. */
const keptUnused = 20;

export type Verdict =
  | { kind: "usable"; wrappedKey: string }
  /** The refresh token was used again too late, so its grant must end. */
  | { kind: "reused" }
  | { kind: "unknown" };

export function judgeRefresh(ledger: readonly LedgerEntry[], hash: string, now: number): Verdict {
  const entry = ledger.find((known) => known.hash === hash);
  if (!entry) return { kind: "unknown" };
  const { wrappedKey, firstUsedAt } = entry;
  const isLate = firstUsedAt !== null && now - firstUsedAt > reuseMilliseconds;
  return wrappedKey === null || isLate ? { kind: "reused" } : { kind: "usable", wrappedKey };
}

/**
 * Returns the grant's list of refresh tokens after the token with the hash `hash` was used and a new token was issued.
 * @param issued The hash of the new token, and the encrypted key of the grant's props (the data that the provider
 *   stores with a grant). The new token decrypts this key.
 */
export function recordRefresh(
  ledger: readonly LedgerEntry[],
  hash: string,
  issued: Pick<LedgerEntry, "hash" | "wrappedKey">,
  now: number,
): LedgerEntry[] {
  const parent = ledger.find((entry) => entry.hash === hash)?.parent ?? null;
  const updated = ledger.map((entry) => {
    if (entry.hash === hash) return { ...entry, firstUsedAt: entry.firstUsedAt ?? now };
    // The client now uses a refresh token that it got in exchange for the token `parent`. So the client has received
    // this token, and `parent` must not be used again.
    const isOver = entry.hash === parent || (entry.firstUsedAt !== null && now - entry.firstUsedAt > reuseMilliseconds);
    return isOver ? { ...entry, wrappedKey: null } : entry;
  });
  updated.push({ ...issued, parent: hash, firstUsedAt: null });
  const surplusUsed = updated.filter(({ firstUsedAt }) => firstUsedAt !== null).slice(0, -keptUsed);
  const surplusUnused = updated.filter(({ firstUsedAt }) => firstUsedAt === null).slice(0, -keptUnused);
  const dropped = new Set([...surplusUsed, ...surplusUnused]);
  return updated.filter((entry) => !dropped.has(entry));
}
