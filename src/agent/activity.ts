import * as z from "zod";
import type { AccountStore } from "../account/account.ts";
import type { AssistantStore } from "../grants/assistants.ts";
import type { SessionStateStore } from "./session-state.ts";

/** Who read what, and when: never what was answered. */
const entry = z.object({ at: z.number(), assistantId: z.string(), tool: z.string() });
export type ActivityEntry = z.infer<typeof entry>;

const storageKey = "activity";
const keptEntries = 100;
export const keptMilliseconds = 30 * 86_400_000;
/** Entries wait this long in memory so that a burst of calls is one write; a crash loses at most that. */
export const flushAfterMilliseconds = 30_000;

export interface ActivityLog {
  note(entry: ActivityEntry): void;
  /** Writes what waits and returns it. */
  flush(): ActivityEntry[];
  list(): ActivityEntry[];
  /** Deletes what has been kept long enough. */
  prune(): void;
}

export function createActivityLog(storage: SyncKvStorage, now: () => number): ActivityLog {
  let waiting: ActivityEntry[] = [];

  function list(): ActivityEntry[] {
    const stored = z.array(entry).parse(storage.get(storageKey) ?? []);
    return [...waiting.toReversed(), ...stored].filter(({ at }) => at > now() - keptMilliseconds).slice(0, keptEntries);
  }

  return {
    note(made) {
      waiting.push(made);
    },
    flush() {
      if (waiting.length === 0) return [];
      const flushed = waiting;
      storage.put(storageKey, list());
      waiting = [];
      return flushed;
    },
    list,
    prune() {
      const kept = list();
      if (kept.length > 0) storage.put(storageKey, kept.slice(waiting.length));
      else storage.delete(storageKey);
    },
  };
}

interface Waiting {
  account: AccountStore;
  activity: ActivityLog;
  assistants: AssistantStore;
  state: SessionStateStore;
}

/**
 * Writes what calls left waiting in memory: the time of the last read, the activity, each assistant's first and last use.
 * One write for a whole burst of calls; reading tools write nothing themselves.
 * @returns whether anything was used since the last time
 */
export function writeWaiting({ account, activity, assistants, state }: Waiting): boolean {
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
