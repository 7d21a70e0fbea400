import { sessionLifetimeMilliseconds } from "../account/sessions.ts";
import { dropHeldTokens, heldTokensLapseAt } from "../connection/connecting.ts";
import { theRegistry } from "../registry/registry.ts";
import { keptMilliseconds } from "./activity.ts";
import type { Parts } from "./parts.ts";

/** An account that is unused for this long loses its tokens and its place. */
export const idleMilliseconds = 180 * 86_400_000;

/**
 * Deletes what is past its retention time: calls, revoked assistants, expired sessions, grants and tokens. A revoked
 * assistant is kept as long as its calls, because the activity list shows its name.
 */
export function deleteExpired({ activity, assistants, grants, sessions, now }: Parts): void {
  activity.prune();
  grants.deleteExpired();
  sessions.list(); // also deletes expired sessions
  for (const { id, assistant } of assistants.list()) {
    if (assistant.revokedAt !== null && assistant.revokedAt + keptMilliseconds <= now()) assistants.forget(id);
  }
}

/** Epoch ms at which the next of these expires; null when there is none. */
export function nextExpiry({ activity, assistants, connecting, grants, sessions, tidy }: Parts): number | null {
  const ends = [
    ...grants.expiries(),
    ...[tidy.dueAt(), heldTokensLapseAt(connecting())].filter((at) => at !== null),
    ...activity.list().map(({ at }) => at + keptMilliseconds),
    ...sessions.list().map(({ session }) => session.createdAt + sessionLifetimeMilliseconds),
    ...assistants
      .list()
      .flatMap(({ assistant: { revokedAt } }) => revokedAt ?? [])
      .map((at) => at + keptMilliseconds),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Revokes approvals and ends their grants. An id without a valid approval changes nothing and costs nothing. */
export function endApprovals(parts: Parts, ids: readonly string[]): void {
  const valid = parts.assistants.list().filter(({ id, assistant }) => ids.includes(id) && assistant.revokedAt === null);
  for (const { id } of valid) {
    parts.assistants.revoke(id);
    parts.grants.endGrantsOf(id);
  }
  parts.tidy.add(valid.filter(({ assistant }) => !assistant.storedHere).map(({ id }) => id));
}

/** Tokens held for a take-over that nobody decided in time. */
export async function dropLapsedTokens({ connecting, now }: Parts): Promise<void> {
  const lapsesAt = heldTokensLapseAt(connecting());
  if (lapsesAt !== null && lapsesAt <= now()) await dropHeldTokens(connecting());
}

/** Deletes an idle account's Oura tokens and gives up its place. */
export async function releaseConnection(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  await theRegistry(parts.env).release(parts.accountId);
}
