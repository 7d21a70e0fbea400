import {
  type ConnectResult,
  dropHeldTokens,
  finishConnecting,
  finishTakeOver,
  type OuraCallback,
} from "../connection/connecting.ts";
import type { Standing } from "../connection/standing.ts";
import { AppError } from "../errors.ts";
import { endAllApprovals } from "../grants/end-approvals.ts";
import { secondsLeftOfDay } from "../registry/daily-allowance.ts";
import type { Registration } from "../registry/registration.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";
import type { Schedule } from "./schedule.ts";

/*
 * The functions of this file change an account's connection to Oura. They also report the change to the registry,
 * because only a limited number of accounts may be connected. Whenever the connection changes, Oura's answers for this
 * account are removed from memory.
 */

/**
 * The account's progress towards a connection: its position in the queue of accounts that wait until they may connect,
 * or the state of its connection to Oura. The registry is asked only while Oura is not connected, to save a request.
 */
export async function findStanding(parts: Parts): Promise<Standing> {
  const { kind } = await parts.connection().state();
  if (kind === "key_changed") parts.troubles.note("key_changed");
  if (kind !== "not_connected") return { kind };
  const registration = await theRegistry(parts.env).status(parts.accountId);
  return registration.kind === "approved" ? { kind: "not_connected" } : registration;
}

/**
 * Registers the account to connect a ring. Before that, the alarm is set. If the account is no longer used, this alarm
 * ends the registration later. Throws `queue_full` or `too_many_today` when the registry refuses.
 */
export async function registerForPlace(
  parts: Parts,
  schedule: Schedule,
  invitation: string | null,
  network: string,
): Promise<Registration> {
  await schedule.setAlarm();
  const registration = await theRegistry(parts.env).register(parts.accountId, invitation, network);
  if (registration.kind !== "refused") return registration;
  if (registration.why === "queue_full") throw new AppError({ kind: "queue_full" });
  throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(parts.now()) });
}

/** The OAuth `state` of a connection that the person started on their own page. It is accepted only once. */
export interface ConnectTicket {
  state: string;
  expiresAt: number;
}

export async function connectOura(
  parts: Parts,
  callback: OuraCallback,
  ticket: ConnectTicket | null,
): Promise<ConnectResult> {
  if (ticket && !(await parts.account.useChallenge(ticket.state, ticket.expiresAt))) {
    throw new AppError({ kind: "connect_expired" });
  }
  const result = await finishConnecting(parts.connecting(), callback);
  parts.cache.clear();
  return result;
}

export async function takeConnectionOver(parts: Parts): Promise<void> {
  await finishTakeOver(parts.connecting(), (holder) => parts.env.RING_AGENT.getByName(holder).loseConnection());
  parts.cache.clear();
}

/**
 * Ends this account's connection after another account has taken it over. The Oura tokens that this account stores no
 * longer work, so they are deleted without being revoked. If this account has been deleted in the meantime, this
 * request has created its storage anew. Then only the storage is deleted.
 */
export async function loseConnection(parts: Parts, schedule: Schedule): Promise<void> {
  if (!parts.account.exists()) return schedule.wipe();
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  endAllApprovals(parts); // somebody else uses this Oura account now
  await schedule.deleteFromKv();
}

export async function disconnectOura(parts: Parts, options: { revoke: boolean }): Promise<{ revoked: boolean }> {
  parts.cache.clear();
  await dropHeldTokens(parts.connecting());
  const revoked = await parts.connection().disconnect(options);
  await theRegistry(parts.env).releaseOwner(parts.accountId);
  return { revoked };
}
