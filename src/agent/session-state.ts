import { z } from "zod";

/**
 * What the agent remembers between conversations so that they need no extra request. It holds no health value.
 */
const sessionState = z.object({
  /** The wearer's UTC offset in minutes, from their newest record; null before the first read. */
  utcOffsetMinutes: z.number().nullable(),
  /** Epoch ms of the last call that Oura answered; written with the activity log, not at every call. */
  lastReadAt: z.number().nullable(),
});
export type SessionState = z.infer<typeof sessionState>;

const storageKey = "session-state";
const initial: SessionState = { utcOffsetMinutes: null, lastReadAt: null };

export interface SessionStateStore {
  read(): SessionState;
  /** Writes the offset when it changes. */
  rememberOffset(utcOffsetMinutes: number): void;
  /** Notes that Oura answered; written with the next flush. */
  noteRead(at: number): void;
  flush(): void;
}

export function createSessionStateStore(storage: SyncKvStorage): SessionStateStore {
  let unwrittenReadAt: number | null = null;

  function read(): SessionState {
    const stored = sessionState.catch(initial).parse(storage.get(storageKey) ?? initial);
    return unwrittenReadAt === null ? stored : { ...stored, lastReadAt: unwrittenReadAt };
  }

  return {
    read,
    rememberOffset(utcOffsetMinutes) {
      if (read().utcOffsetMinutes !== utcOffsetMinutes) storage.put(storageKey, { ...read(), utcOffsetMinutes });
    },
    noteRead(at) {
      unwrittenReadAt = at;
    },
    flush() {
      if (unwrittenReadAt === null) return;
      storage.put(storageKey, read());
      unwrittenReadAt = null;
    },
  };
}
