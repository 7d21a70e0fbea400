import type { Parts } from "./parts.ts";

/**
 * Writes what calls left waiting in memory: the time of the last read, the activity, each assistant's first and last use.
 * One write for a whole burst of calls; reading tools write nothing themselves.
 * @returns whether anything was used since the last time
 */
export function writeWaiting({ account, activity, assistants, state }: Parts): boolean {
  if (!account.exists()) return false;
  state.flush();
  const flushed = activity.flush();
  for (const [assistantId, entries] of Map.groupBy(flushed, (entry) => entry.assistantId)) {
    const times = entries.map(({ at }) => at);
    assistants.touch(assistantId, Math.min(...times), Math.max(...times));
  }
  if (flushed.length > 0) account.noteSeen();
  return flushed.length > 0;
}
