import { sessionLifetimeMilliseconds } from "../account/sessions.ts";
import { dropHeld } from "../connection/connecting.ts";
import { theRegistry } from "../registry/registry.ts";
import { keptMilliseconds } from "./activity.ts";
import type { Parts } from "./parts.ts";

/** An account unused for this long loses its tokens and its place. */
export const idleMilliseconds = 180 * 86_400_000;

/**
 * Forgets what is kept for a time only and is over: calls, revoked assistants (whose names those calls show) and expired
 * sign-ins.
 */
export function forgetWhatIsOver({ activity, assistants, sessions, now }: Parts): void {
  activity.prune();
  sessions.list(); // drops what has expired
  for (const { id, assistant } of assistants.list()) {
    if (assistant.revokedAt !== null && assistant.revokedAt + keptMilliseconds <= now()) assistants.forget(id);
  }
}

/** When the next of those is over, epoch ms; null when nothing waits for that. */
export function nextOver({ activity, assistants, sessions }: Parts): number | null {
  const ends = [
    ...activity.list().map(({ at }) => at + keptMilliseconds),
    ...sessions.list().map(({ session }) => session.createdAt + sessionLifetimeMilliseconds),
    ...assistants
      .list()
      .flatMap(({ assistant: { revokedAt } }) => revokedAt ?? [])
      .map((at) => at + keptMilliseconds),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/** What an account idle for too long loses: its tokens and its place. */
export async function giveUpConnection(parts: Parts): Promise<void> {
  await dropHeld(parts.connecting());
  parts.cache.clear();
  await parts.connection().disconnect({ revoke: false });
  await theRegistry(parts.env).release(parts.accountId);
}
