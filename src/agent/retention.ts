import { sessionLifetimeMilliseconds } from "../account/sessions.ts";
import { dayMilliseconds } from "../analytics/day.ts";
import { dropHeldTokens, heldTokensLapseAt } from "../connection/connecting.ts";
import { keptMilliseconds } from "../grants/activity.ts";
import type { Assistant } from "../grants/assistants.ts";
import { tidyKey } from "../grants/tidy-list.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";

/** The grant is written right after the approval, by another request to the agent. */
const grantWrittenWithin = 5 * 60_000;

/** An account that is unused for this long loses its tokens and its place. */
export const idleMilliseconds = 180 * dayMilliseconds;

/**
 * Deletes what is past its retention time: calls, revoked assistants, expired sessions, grants and tokens. A revoked
 * assistant and an expired access token are kept as long as their calls, because the activity list shows their names.
 */
function deleteExpired({ activity, assistants, grants, sessions, now }: Parts): void {
  activity.prune();
  grants.deleteExpired();
  sessions.list(); // also deletes expired sessions
  for (const { id, assistant } of assistants.list()) {
    if (isWithoutGrant(assistant, now()) && !grants.hasGrantOf(id)) assistants.revoke(id);
    const endedAt = endOf(assistant);
    if (endedAt !== null && endedAt + keptMilliseconds <= now()) assistants.forget(id);
  }
}

/**
 * Epoch ms at which the agent has something to do: the next expiry, stored or in memory, or the idle limit; without an
 * account, the next attempt to delete what Workers KV still holds. Null when there is nothing.
 */
export function nextAlarm(parts: Parts): number | null {
  if (!parts.account.exists()) return parts.tidy.dueAt();
  return Math.min(idleAt(parts), nextExpiry(parts) ?? Infinity, heldUntil(parts) ?? Infinity);
}

/**
 * Epoch ms at which the last held answer expires; null when none is held. An alarm and not a timer drops them: with a timer
 * the object would be billed for the whole minute. The platform may take the object from memory earlier, answers and all.
 */
function heldUntil({ cache, now }: Parts): number | null {
  const heldFor = cache.heldFor();
  return heldFor === null ? null : now() + heldFor;
}

/** Epoch ms from which the account counts as idle. */
function idleAt({ account }: Parts): number {
  return account.load().lastSeenAt + idleMilliseconds;
}

/** Does what is due of an account: deletes what has expired, and ends the connection of one that is idle. */
export async function runDue(parts: Parts): Promise<"idle" | "in_use"> {
  deleteExpired(parts);
  await dropLapsedTokens(parts);
  await parts.tidy.run();
  if (idleAt(parts) > parts.now()) return "in_use";
  await releaseConnection(parts);
  return "idle";
}

/** Epoch ms at which the next of these expires; null when there is none. */
function nextExpiry({ activity, assistants, connecting, grants, sessions, tidy }: Parts): number | null {
  const ends = [
    ...grants.expiries(),
    ...[tidy.dueAt(), heldTokensLapseAt(connecting())].filter((at) => at !== null),
    ...activity.list().map(({ at }) => at + keptMilliseconds),
    ...sessions.list().map(({ session }) => session.createdAt + sessionLifetimeMilliseconds),
    ...assistants
      .list()
      .flatMap(({ assistant }) => endOf(assistant) ?? [])
      .map((at) => at + keptMilliseconds),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/**
 * Whether an approval should have a grant by now. Without one its code was never redeemed, or its grant has expired, and
 * nothing can use it any more.
 */
function isWithoutGrant({ accessToken, createdAt, revokedAt, storedHere }: Assistant, now: number): boolean {
  return storedHere && accessToken === null && revokedAt === null && createdAt + grantWrittenWithin <= now;
}

/** Epoch ms at which the access ended, or ends by itself; null for an approval that is not revoked. */
function endOf({ revokedAt, accessToken }: Assistant): number | null {
  return revokedAt ?? accessToken?.expiresAt ?? null;
}

/** Deletes tokens that were held for a take-over, when the owner did not decide in time. */
async function dropLapsedTokens({ connecting, now }: Parts): Promise<void> {
  const lapsesAt = heldTokensLapseAt(connecting());
  if (lapsesAt !== null && lapsesAt <= now()) await dropHeldTokens(connecting());
}

/** Deletes an idle account's Oura tokens and gives up its place. */
async function releaseConnection(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  await theRegistry(parts.env).release(parts.accountId);
}

/** Gives up what an account has elsewhere: its grant at Oura, its place, and entries of 0.1.0 in Workers KV. */
export async function leaveEverywhere(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  await parts.connection().disconnect({ revoke: true });
  await theRegistry(parts.env).release(parts.accountId);
  const { assistants, tidy } = parts;
  if (assistants.list().some(({ assistant }) => !assistant.storedHere)) tidy.add("all");
}

/** Deletes everything in the storage of an agent, except the list of what is still to be deleted in Workers KV. */
export async function eraseStorage({ cache, tidy }: Parts, storage: DurableObjectStorage): Promise<void> {
  cache.clear();
  if (tidy.dueAt() !== null) {
    for (const [key] of [...storage.kv.list()]) if (key !== tidyKey) storage.kv.delete(key);
    return;
  }
  await storage.deleteAlarm();
  await storage.deleteAll();
}
