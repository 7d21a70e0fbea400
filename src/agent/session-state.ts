import * as z from "zod";

/**
 * What the agent keeps between conversations to save a request. It holds no health data.
 */
const sessionState = z.object({
  /** The wearer's UTC offset in minutes, from their newest record; null before the first read. */
  utcOffsetMinutes: z.number().nullable(),
  /**
   * The day of that record (midnight UTC, epoch ms), not its time, which could tell when the wearer woke. Null when
   * unknown.
   */
  offsetSeenAt: z.number().nullable().default(null),
  /** Epoch ms of the last call that Oura answered. Written together with the activity log, not at every call. */
  lastReadAt: z.number().nullable(),
});
export type SessionState = z.infer<typeof sessionState>;

const storageKey = "session-state";
const day = 86_400_000;
const initial: SessionState = { utcOffsetMinutes: null, offsetSeenAt: null, lastReadAt: null };

export interface SessionStateStore {
  read(): SessionState;
  /** Stores the offset of the newest record. An older record, from a question about an earlier period, is ignored. */
  rememberOffset(utcOffsetMinutes: number, seenAt: number): void;
  /** Notes that Oura answered; written with the next flush. */
  noteRead(at: number): void;
  flush(): void;
}

export function createSessionStateStore(storage: SyncKvStorage): SessionStateStore {
  let unwrittenReadAt: number | null = null;
  /** The exact time of the newest record, in memory only; it orders the records of one day. */
  let newestSeenAt: number | null = null;

  function read(): SessionState {
    const stored = sessionState.catch(initial).parse(storage.get(storageKey) ?? initial);
    return unwrittenReadAt === null ? stored : { ...stored, lastReadAt: unwrittenReadAt };
  }

  return {
    read,
    rememberOffset(utcOffsetMinutes, seenAt) {
      const state = read();
      const known = newestSeenAt ?? state.offsetSeenAt;
      if (known !== null && seenAt <= known) return;
      newestSeenAt = seenAt;
      const offsetSeenAt = Math.floor(seenAt / day) * day;
      if (state.utcOffsetMinutes === utcOffsetMinutes && state.offsetSeenAt === offsetSeenAt) return;
      storage.put(storageKey, { ...state, utcOffsetMinutes, offsetSeenAt });
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
