import { endApprovals } from "../grants/end-approvals.ts";
import { findSuperseded } from "../grants/superseded.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";
import { eraseStorage, nextAlarm, runDue } from "./retention.ts";

/**
 * The activity that tool calls keep in memory is stored after this time, so that calls at the same moment share one
 * write. A crash loses at most the data of this time. A longer time would cost more: the timer keeps the object awake,
 * and a second awake costs as much as writing one or two rows.
 */
const flushAfterMilliseconds = 2_000;

/**
 * What an account's Durable Object does later: it stores the activity of tool calls, and does what is due when its
 * alarm runs.
 */
export interface Schedule {
  /**
   * Sets the alarm for the next expiry or the end of the idle time, unless an earlier alarm is set. When the alarm
   * runs, the object checks again what is due.
   */
  setAlarm(): Promise<void>;
  /** Waits for work that may store data with an expiry time, and then sets the alarm. */
  alarmAfter<T>(work: Promise<T>): Promise<T>;
  /**
   * Does what is due when the alarm runs: removes expired answers from memory, deletes expired data, and disconnects an
   * idle account from Oura.
   */
  runAlarm(): Promise<void>;
  /**
   * Schedules one `flush`, which stores the activity of all calls of the same moment. The object stays awake and is
   * billed until then.
   */
  flushLater(): void;
  /**
   * Stores the activity and the times of use that tool calls keep in memory. Also sets the alarm that removes expired
   * answers of Oura from memory.
   */
  flush(): void;
  /**
   * Deletes the account's entries in Workers KV, which version 0.1.0 used. If Workers KV refuses, the alarm tries
   * again.
   */
  deleteFromKv(): Promise<void>;
  /** Deletes everything, except the list of entries that must still be deleted in Workers KV. */
  wipe(): Promise<void>;
}

/**
 * Creates the schedule of one account's Durable Object.
 * @param onFlush Called when the timer of {@link Schedule.flushLater} ends
 */
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
      // The times of use have just changed. If a newer approval of the same program is now in use, the older approval
      // is no longer needed and ends.
      if (writePending(parts)) endApprovals(parts, findSuperseded(parts.assistants.list()));
      context.waitUntil(setAlarm());
    },
    deleteFromKv,
    wipe,
  };
}

/**
 * Stores what tool calls keep in memory: the time of the last answer from Oura, the activity, and each assistant's
 * first and last use. Tool calls store none of this themselves, so calls at the same moment share one write.
 * @returns Whether any call was made since the last write
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
