import * as z from "zod/mini";

/**
 * The refresh tokens of one grant. Each use of a token issues a new one, its successor. Two windows of one program that
 * share a token may both use it, and then each has a pair of its own that works. A token that is used again later was
 * copied or lost, so the grant ends (RFC 9700 §4.14.2).
 */
export const ledgerEntry = z.object({
  /** SHA-256 of the token. */
  hash: z.string(),
  /** The key of the grant's props, wrapped with the token; null after a successor was used, or a late use. */
  wrappedKey: z.nullable(z.string()),
  /** Hash of the token whose use issued this one; null for the one that the code issued. */
  parent: z.nullable(z.string()),
  /** Epoch ms; null before the first use. */
  firstUsedAt: z.nullable(z.number()),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** How long a token may be used again after its first use, while no successor was used. */
export const reuseMilliseconds = 2 * 60_000;
/** Used tokens are recognised this many uses later. An older one is refused like an unknown one. */
const keptUsed = 100;
/** Unused tokens of one grant. When there are more, the oldest stop working. */
const keptUnused = 20;

export type Verdict =
  | { kind: "usable"; wrappedKey: string }
  /** The token was used too long ago, or its successor was used: end the grant. */
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
 * The ledger after a use of the token `hash`, which issued another one.
 * @param issued the hash of the new token, and the key of the grant's props wrapped with it
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
    // The token being used is a successor of `parent`, so `parent` cannot be used again.
    const isOver = entry.hash === parent || (entry.firstUsedAt !== null && now - entry.firstUsedAt > reuseMilliseconds);
    return isOver ? { ...entry, wrappedKey: null } : entry;
  });
  updated.push({ ...issued, parent: hash, firstUsedAt: null });
  const surplusUsed = updated.filter(({ firstUsedAt }) => firstUsedAt !== null).slice(0, -keptUsed);
  const surplusUnused = updated.filter(({ firstUsedAt }) => firstUsedAt === null).slice(0, -keptUnused);
  const dropped = new Set([...surplusUsed, ...surplusUnused]);
  return updated.filter((entry) => !dropped.has(entry));
}
