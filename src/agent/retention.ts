import { sessionLifetimeMilliseconds } from "../account/sessions.ts";
import { dayMilliseconds } from "../analytics/day.ts";
import { dropHeldTokens, heldTokensLapseAt } from "../connection/connecting.ts";
import { keptMilliseconds } from "../grants/activity.ts";
import type { Assistant } from "../grants/assistants.ts";
import { tidyKey } from "../grants/tidy-list.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";

/**
 * An assistant's record without an OAuth grant is revoked only if the record is older than this, in milliseconds. The
 * record and the grant are stored by two separate requests, the grant right after the record.
 */
const grantWrittenWithin = 5 * 60_000;

/**
 * When an account is not used for this long (in milliseconds), its connection to Oura ends and its Oura tokens are
 * deleted. This lets another account connect, because the number of connected accounts is limited.
 */
export const idleMilliseconds = 180 * dayMilliseconds;

/**
 * Deletes everything whose retention time has passed: listed calls, revoked assistants, expired sessions, grants and
 * tokens. The record of a revoked assistant or an expired access token is kept until the last of its calls is deleted,
 * because the activity list shows the name in the record.
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
 * When the alarm of the account's Durable Object must run next (epoch ms); null when nothing is due. If there is an
 * account, this is the earliest of three times: the next expiry of stored data, the expiry of Oura's answers in memory,
 * and the time at which the account counts as idle. After the account's deletion, this is the time of the next attempt
 * to delete the account's entries in Workers KV.
 */
export function nextAlarm(parts: Parts): number | null {
  if (!parts.account.exists()) return parts.tidy.dueAt();
  return Math.min(idleAt(parts), nextExpiry(parts) ?? Infinity, heldUntil(parts) ?? Infinity);
}

/**
 * When the last of Oura's answers in memory expires (epoch ms); null when memory holds none. At that time an alarm
 * removes the answers. A timer is not used for this, because the platform bills an object for the whole time that a
 * timer runs.
 */
function heldUntil({ cache, now }: Parts): number | null {
  const heldFor = cache.heldFor();
  return heldFor === null ? null : now() + heldFor;
}

/** The time at which the account counts as idle (epoch ms). If the account is used before then, the time moves on. */
function idleAt({ account }: Parts): number {
  return account.load().lastSeenAt + idleMilliseconds;
}

/**
 * Deletes the expired data of an account. If the account has not been used for 180 days, also ends its connection to
 * Oura and returns `idle`.
 */
export async function runDue(parts: Parts): Promise<"idle" | "in_use"> {
  deleteExpired(parts);
  await dropLapsedTokens(parts);
  await parts.tidy.run();
  if (idleAt(parts) > parts.now()) return "in_use";
  await releaseConnection(parts);
  return "idle";
}

/** In epoch ms; null when nothing expires. */
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
 * Whether an assistant's record is so old that the assistant's OAuth grant must have been stored by now. If such an old
 * record has no grant, the record is of no use any more. Either the assistant never used its authorization code, or the
 * grant has expired.
 */
function isWithoutGrant({ accessToken, createdAt, revokedAt, storedHere }: Assistant, now: number): boolean {
  return storedHere && accessToken === null && revokedAt === null && createdAt + grantWrittenWithin <= now;
}

/**
 * When an assistant's access was revoked, or when its access token expires (epoch ms). Null for an assistant that was
 * allowed on the consent page and is not revoked, because its record has no time of expiry.
 */
function endOf({ revokedAt, accessToken }: Assistant): number | null {
  return revokedAt ?? accessToken?.expiresAt ?? null;
}

/**
 * While a person decides whether to move a connection from another account to this account, the new Oura tokens are
 * kept. When the time to decide is over, this function deletes these tokens.
 */
async function dropLapsedTokens({ connecting, now }: Parts): Promise<void> {
  const lapsesAt = heldTokensLapseAt(connecting());
  if (lapsesAt !== null && lapsesAt <= now()) await dropHeldTokens(connecting());
}

/** The registry is told that the account is no longer connected, so that another account can connect. */
async function releaseConnection(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  await theRegistry(parts.env).release(parts.accountId);
}

/**
 * Removes what an account has outside its Durable Object: its grant at Oura, its entry in the registry of accounts that
 * may connect, and entries of version 0.1.0 in Workers KV.
 */
async function leaveEverywhere(parts: Parts): Promise<void> {
  await dropHeldTokens(parts.connecting());
  await parts.connection().disconnect({ revoke: true });
  await theRegistry(parts.env).release(parts.accountId);
  const { assistants, tidy } = parts;
  if (assistants.list().some(({ assistant }) => !assistant.storedHere)) tidy.add("all");
}

/** The methods of the schedule (src/agent/schedule.ts) that delete an account's data. */
interface Erasing {
  wipe(): Promise<void>;
  deleteFromKv(): Promise<void>;
}

/**
 * Deletes an account. First, the account's grant at Oura and its entry in the registry are removed, because this needs
 * data from the storage. If this step fails, the account still exists, and the person can try again. Then the storage
 * is deleted. Last, the entries in Workers KV are deleted. If Workers KV refuses, the alarm tries again.
 */
export async function deleteAccount(parts: Parts, { wipe, deleteFromKv }: Erasing): Promise<void> {
  await leaveEverywhere(parts);
  await wipe();
  await deleteFromKv();
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
