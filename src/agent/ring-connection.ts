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

/*
 * The account's place and its connection to Oura, as its parts change them together. Whatever changes the connection
 * also clears the answers in memory.
 */

/** The account's registration and connection state. Calls the registry only while Oura is not connected. */
export async function findStanding(parts: Parts): Promise<Standing> {
  const { kind } = await parts.connection().state();
  if (kind === "key_changed") parts.troubles.note("key_changed");
  if (kind !== "not_connected") return { kind };
  const registration = await theRegistry(parts.env).status(parts.accountId);
  return registration.kind === "approved" ? { kind: "not_connected" } : registration;
}

/** Asks for a place. Throws `queue_full` or `too_many_today`. */
export async function registerForPlace(
  parts: Parts,
  invitation: string | null,
  network: string,
): Promise<Registration> {
  const registration = await theRegistry(parts.env).register(parts.accountId, invitation, network);
  if (registration.kind !== "refused") return registration;
  if (registration.why === "queue_full") throw new AppError({ kind: "queue_full" });
  throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(parts.now()) });
}

/** The OAuth state of a flow that started in the panel. It works once. */
export interface ConnectTicket {
  state: string;
  expiresAt: number;
}

/** @param ticket null for an assistant's flow */
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

/** Moves the connection and the place from the other account that holds the same Oura account. */
export async function takeConnectionOver(parts: Parts): Promise<void> {
  await finishTakeOver(parts.connecting(), (holder) => parts.env.RING_AGENT.getByName(holder).loseConnection());
  parts.cache.clear();
}

/** Forgets a connection that another account has taken over. The tokens here no longer work. */
export async function forgetConnection(parts: Parts): Promise<void> {
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  endAllApprovals(parts); // somebody else uses this Oura account now
}

export async function disconnectOura(parts: Parts, options: { revoke: boolean }): Promise<{ revoked: boolean }> {
  parts.cache.clear();
  await dropHeldTokens(parts.connecting());
  const revoked = await parts.connection().disconnect(options);
  await theRegistry(parts.env).releaseOwner(parts.accountId);
  return { revoked };
}
