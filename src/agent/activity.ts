import * as z from "zod";
import type { AccountStore } from "../account/account.ts";
import { dayMilliseconds } from "../analytics/day.ts";
import type { AssistantStore } from "../grants/assistants.ts";
import type { SessionStateStore } from "./session-state.ts";

/**
 * One tool call: time, assistant, tool, and the outcome as a word ("ok" or a failure's kind; null in records of older
 * versions). It never holds the answer.
 */
const entry = z.object({
  at: z.number(),
  assistantId: z.string(),
  tool: z.string(),
  outcome: z.string().nullable().default(null),
});
export type ActivityEntry = z.infer<typeof entry>;

const storageKey = "activity";
const keptEntries = 100;
export const keptMilliseconds = 30 * dayMilliseconds;
/**
 * Entries stay in memory this long, so that calls at the same moment are one write. A crash loses at most these entries. Not
 * longer: the timer keeps the object awake, and a second awake costs as much as writing one or two rows.
 */
export const flushAfterMilliseconds = 2_000;

export interface ActivityLog {
  note(entry: ActivityEntry): void;
  /** Writes the entries in memory and returns them. */
  flush(): ActivityEntry[];
  list(): ActivityEntry[];
  /** Deletes entries older than {@link keptMilliseconds}. */
  prune(): void;
}

export function createActivityLog(storage: SyncKvStorage, now: () => number): ActivityLog {
  let waiting: ActivityEntry[] = [];

  function stored(): ActivityEntry[] {
    return z.array(entry).parse(storage.get(storageKey) ?? []);
  }

  function isKept({ at }: ActivityEntry): boolean {
    return at > now() - keptMilliseconds;
  }

  function list(): ActivityEntry[] {
    return [...waiting.toReversed(), ...stored()].filter(isKept).slice(0, keptEntries);
  }

  return {
    note(added) {
      waiting.push(added);
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
      const before = stored();
      const kept = before.filter(isKept);
      if (kept.length === 0) storage.delete(storageKey);
      else if (kept.length < before.length) storage.put(storageKey, kept);
    },
  };
}

interface PendingWrites {
  account: AccountStore;
  activity: ActivityLog;
  assistants: AssistantStore;
  state: SessionStateStore;
}

/**
 * Writes what tool calls keep in memory: the time of the last read, the activity, and each assistant's first and last
 * use. Calls at the same moment are one write, because tool calls write nothing themselves.
 * @returns whether there was any call since the last write
 */
export function writePending({ account, activity, assistants, state }: PendingWrites): boolean {
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
