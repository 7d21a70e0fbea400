import * as z from "zod";

/**
 * What the agent remembers between conversations so that they need no extra request. It holds no health value.
 */
const sessionState = z.object({
  /** The wearer's UTC offset in minutes, from their newest record; null before the first read. */
  utcOffsetMinutes: z.number().nullable(),
  /** The instant of that record, epoch ms; null where only the offset was kept. */
  offsetSeenAt: z.number().nullable().default(null),
  /** Epoch ms of the last call that Oura answered; written with the activity log, not at every call. */
  lastReadAt: z.number().nullable(),
});
export type SessionState = z.infer<typeof sessionState>;

const storageKey = "session-state";
const initial: SessionState = { utcOffsetMinutes: null, offsetSeenAt: null, lastReadAt: null };

export interface SessionStateStore {
  read(): SessionState;
  /** Keeps the offset of the newest record: one seen in a question about an older period changes nothing. */
  rememberOffset(utcOffsetMinutes: number, seenAt: number): void;
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
    rememberOffset(utcOffsetMinutes, seenAt) {
      const state = read();
      if (state.offsetSeenAt !== null && seenAt <= state.offsetSeenAt) return;
      storage.put(storageKey, { ...state, utcOffsetMinutes, offsetSeenAt: seenAt });
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
