import { endApprovals } from "../grants/end-approvals.ts";
import { findSuperseded } from "../grants/superseded.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";
import { eraseStorage, nextAlarm, runDue } from "./retention.ts";

/**
 * What calls leave in memory is written after this time, so that calls at the same moment are one write. A crash loses at
 * most that. Not longer: the timer keeps the object awake, and a second awake costs as much as writing one or two rows.
 */
const flushAfterMilliseconds = 2_000;

/** What an agent does later: the write after its calls, and what its alarm finds due. */
export interface Schedule {
  /**
   * Sets the alarm for the next expiry or idle limit, unless an earlier one is set. The alarm checks again what is due.
   */
  setAlarm(): Promise<void>;
  /** Waits for work that may store something that expires, then sets the alarm. */
  alarmAfter<T>(work: Promise<T>): Promise<T>;
  /** Does what the alarm finds due: of the answers in memory, of stored data, and of an idle account. */
  runAlarm(): Promise<void>;
  /** Schedules one flush for the calls of a moment. The object is not idle, and is billed, until the timer ends. */
  flushLater(): void;
  /** Writes what calls left in memory, and sets the alarm that drops the answers they left there. */
  flush(): void;
  /** Deletes what is left in Workers KV. When that is refused, the alarm tries again. */
  deleteFromKv(): Promise<void>;
  /** Deletes everything, except what is still to be deleted in Workers KV. */
  wipe(): Promise<void>;
}

/** @param onFlush called when the timer of {@link Schedule.flushLater} ends */
export function createSchedule(parts: Parts, context: DurableObjectState, onFlush: () => void): Schedule {
  let flushing: ReturnType<typeof setTimeout> | null = null;

  async function setAlarm(): Promise<void> {
    const { storage } = context;
    const alarm = await storage.getAlarm();
    const due = nextAlarm(parts);
    if (due !== null && (alarm === null || due < alarm)) await storage.setAlarm(due);
  }

  async function deleteFromKv(): Promise<void> {
    await parts.tidy.run();
    await setAlarm();
  }

  async function wipe(): Promise<void> {
    if (flushing !== null) clearTimeout(flushing);
    flushing = null;
    await eraseStorage(parts, context.storage);
    await setAlarm();
  }

  return {
    setAlarm,
    async alarmAfter(work) {
      const done = await work;
      await setAlarm();
      return done;
    },
    async runAlarm() {
      parts.cache.prune();
      if (!parts.account.exists()) {
        await deleteFromKv();
        return wipe();
      }
      if ((await runDue(parts)) === "in_use") await setAlarm();
    },
    flushLater() {
      flushing ??= setTimeout(() => {
        flushing = null;
        onFlush();
      }, flushAfterMilliseconds);
    },
    flush() {
      const counts = parts.troubles.take();
      if (counts) context.waitUntil(theRegistry(parts.env).countTroubles(counts));
      // Times of use have changed, so one approval may have taken the place of another.
      if (writePending(parts)) endApprovals(parts, findSuperseded(parts.assistants.list()));
      context.waitUntil(setAlarm());
    },
    deleteFromKv,
    wipe,
  };
}

/**
 * Writes what tool calls keep in memory: the time of the last read, the activity, and each assistant's first and last
 * use. Calls at the same moment are one write, because tool calls write nothing themselves.
 * @returns whether there was any call since the last write
 */
function writePending({ account, activity, assistants, state }: Parts): boolean {
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
