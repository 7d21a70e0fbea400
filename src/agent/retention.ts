import { sessionLifetimeMilliseconds } from "../account/sessions.ts";
import { dayMilliseconds } from "../analytics/day.ts";
import { dropHeldTokens, heldTokensLapseAt } from "../connection/connecting.ts";
import { keptMilliseconds } from "../grants/activity.ts";
import type { Assistant } from "../grants/assistants.ts";
import { tidyKey } from "../grants/tidy-list.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";

/**
 * How long the OAuth grant may still be missing after a person has approved an assistant. A separate request stores the
 * grant right after the approval.
 */
const grantWrittenWithin = 5 * 60_000;

/**
 * An account that is not used for this long loses its Oura tokens and its place (its slot among the limited number of
 * accounts that may connect to Oura).
 */
export const idleMilliseconds = 180 * dayMilliseconds;

/**
 * Deletes everything whose retention time has passed: listed calls, revoked assistants, expired sessions, grants and
 * tokens. A revoked assistant and an expired access token are kept as long as their calls, because the activity list
 * shows their names.
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
 * When the alarm of the account's Durable Object must run next (epoch ms); null when nothing is due. For an account,
 * this is the next expiry of stored data or of answers in memory, or the end of the idle time. After the account's
 * deletion, it is the next attempt to delete the account's entries in Workers KV.
 */
export function nextAlarm(parts: Parts): number | null {
  if (!parts.account.exists()) return parts.tidy.dueAt();
  return Math.min(idleAt(parts), nextExpiry(parts) ?? Infinity, heldUntil(parts) ?? Infinity);
}

/**
 * When the last of Oura's answers in memory expires (epoch ms); null when memory holds none. An alarm removes the
 * answers, because the object would be billed for the whole time that a timer runs. The platform may remove the object
 * and the answers from memory earlier.
 */
function heldUntil({ cache, now }: Parts): number | null {
  const heldFor = cache.heldFor();
  return heldFor === null ? null : now() + heldFor;
}

/** From when on the account counts as idle (epoch ms). */
function idleAt({ account }: Parts): number {
  return account.load().lastSeenAt + idleMilliseconds;
}

/** Does the work that is due for an account: deletes expired data, and ends the Oura connection of an idle account. */
export async function runDue(parts: Parts): Promise<"idle" | "in_use"> {
  deleteExpired(parts);
  await dropLapsedTokens(parts);
  await parts.tidy.run();
  if (idleAt(parts) > parts.now()) return "in_use";
  await releaseConnection(parts);
  return "idle";
}

/** When the next piece of stored data expires (epoch ms); null when nothing expires. */
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
 * Whether a person approved an assistant so long ago that the OAuth grant must be stored by now. If there is no grant,
 * the authorization code was never redeemed or the grant has expired. Nothing can use the approval any more.
 */
function isWithoutGrant({ accessToken, createdAt, revokedAt, storedHere }: Assistant, now: number): boolean {
  return storedHere && accessToken === null && revokedAt === null && createdAt + grantWrittenWithin <= now;
}

/**
 * When an assistant's access ended, or will end by itself (epoch ms). Null for an approval that the person has not
 * revoked, because it does not end by itself.
 */
function endOf({ revokedAt, accessToken }: Assistant): number | null {
  return revokedAt ?? accessToken?.expiresAt ?? null;
}

/**
 * Deletes Oura tokens that were kept while a person decided about moving a connection to this account, if the time to
 * decide is over.
 */
async function dropLapsedTokens({ connecting, now }: Parts): Promise<void> {
  const lapsesAt = heldTokensLapseAt(connecting());
  if (lapsesAt !== null && lapsesAt <= now()) await dropHeldTokens(connecting());
}

/**
 * Deletes an idle account's Oura tokens and gives up its place (its slot among the accounts that may connect to Oura).
 */
async function releaseConnection(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  await theRegistry(parts.env).release(parts.accountId);
}

/**
 * Gives up what an account has outside this object: its grant at Oura, its place (its slot among the accounts that may
 * connect to Oura), and entries of version 0.1.0 in Workers KV.
 */
export async function leaveEverywhere(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  await parts.connection().disconnect({ revoke: true });
  await theRegistry(parts.env).release(parts.accountId);
  const { assistants, tidy } = parts;
  if (assistants.list().some(({ assistant }) => !assistant.storedHere)) tidy.add("all");
}

/**
 * Deletes everything in the storage of an account's Durable Object, except the list of entries that must still be
 * deleted in Workers KV.
 */
export async function eraseStorage({ cache, tidy }: Parts, storage: DurableObjectStorage): Promise<void> {
  cache.clear();
  if (tidy.dueAt() !== null) {
    for (const [key] of [...storage.kv.list()]) if (key !== tidyKey) storage.kv.delete(key);
    return;
  }
  await storage.deleteAlarm();
  await storage.deleteAll();
}
