import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";

/**
 * One entry of the activity list: when an assistant called a tool, and with which outcome. The outcome is "ok" or the
 * kind of the failure. It is null in entries that older versions of the code wrote. An entry never contains the tool's
 * answer.
 */
const entry = z.object({
  at: z.number(),
  assistantId: z.string(),
  tool: z.string(),
  outcome: z._default(z.nullable(z.string()), null),
});
export type ActivityEntry = z.infer<typeof entry>;

const storageKey = "activity";
const keptEntries = 100;
export const keptMilliseconds = 30 * dayMilliseconds;

export interface ActivityLog {
  note(entry: ActivityEntry): void;
  /** Writes the entries that are only in memory to storage, and returns them. */
  flush(): ActivityEntry[];
  list(): ActivityEntry[];
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
