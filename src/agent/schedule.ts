import { endApprovals } from "../grants/end-approvals.ts";
import { findSuperseded } from "../grants/superseded.ts";
import { inBackground } from "../outcome.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Parts } from "./parts.ts";
import { eraseStorage, nextAlarm, runDue } from "./retention.ts";

/**
 * The list of calls is first kept in memory and stored after this time (in milliseconds), so that calls at about the
 * same time share one write. If the object crashes, only the calls since the last write are missing from the list. A
 * longer time would cost more: while the timer runs, the Durable Object stays awake, and each second of that costs as
 * much as writing one or two rows.
 */
const flushAfterMilliseconds = 2_000;

/**
 * The work that an account's Durable Object does after a request: it stores the list of calls. When the object's alarm
 * goes off, the object deletes expired data.
 */
export interface Schedule {
  /**
   * Sets the alarm for the time at which the next data expires or the account becomes idle. An alarm that is already
   * set for an earlier time stays, because the object checks at each alarm what is due.
   */
  setAlarm(): Promise<void>;
  /**
   * Waits for work that may store data with an expiry time, and then sets the alarm at which expired data is deleted.
   */
  alarmAfter<T>(work: Promise<T>): Promise<T>;
  /** Removes expired answers of Oura's from memory, deletes expired data, and disconnects an idle account from Oura. */
  runAlarm(): Promise<void>;
  /**
   * Schedules one `flush` for all tool calls that are made within two seconds. The Durable Object stays awake and is
   * billed until the flush.
   */
  flushLater(): void;
  /**
   * Writes to storage what tool calls have kept only in memory: the list of calls, and when the account and its
   * assistants were last used. Also sets the alarm that removes Oura's cached answers when they expire.
   */
  flush(): void;
  /**
   * Deletes the account's entries in Workers KV, in which version 0.1.0 stored data. If Workers KV refuses, the alarm
   * tries again.
   */
  deleteFromKv(): Promise<void>;
  deleteFromKvLater(): void;
  /** Deletes the object's storage, as {@link eraseStorage} does. */
  wipe(): Promise<void>;
}

/** @param onFlush Called when the timer of {@link Schedule.flushLater} ends */
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
        void inBackground(onFlush);
      }, flushAfterMilliseconds);
    },
    flush() {
      const counts = parts.troubles.take();
      if (counts) context.waitUntil(inBackground(() => theRegistry(parts.env).countTroubles(counts)));
      // `writePending` has just written when each assistant's record was last used. If the person allowed an assistant
      // twice, the assistant has an older and a newer record. If the assistant has used the newer record 30 days or
      // more after its last use of the older one, the older record is revoked.
      if (writePending(parts)) endApprovals(parts, findSuperseded(parts.assistants.list()));
      context.waitUntil(inBackground(setAlarm));
    },
    deleteFromKv,
    deleteFromKvLater() {
      if (parts.tidy.dueAt() !== null) context.waitUntil(inBackground(deleteFromKv));
    },
    wipe,
  };
}

/** @returns Whether any tool call was made since the last write */
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
