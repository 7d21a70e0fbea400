import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";

/**
 * What the agent keeps between conversations to save a request. It holds no health data.
 */
const sessionState = z.object({
  /** The wearer's UTC offset in minutes, from their newest record; null before the first read. */
  utcOffsetMinutes: z.nullable(z.number()),
  /**
   * The day of that record (midnight UTC, epoch ms), not its time, which could tell when the wearer woke. Null when
   * unknown.
   */
  offsetSeenAt: z._default(z.nullable(z.number()), null),
  /** Epoch ms of the last call that Oura answered. Written together with the activity log, not at every call. */
  lastReadAt: z.nullable(z.number()),
  /** The outcome of the last call that was about Oura, as a word: "ok" or a failure's kind. Written as above. */
  lastOutcome: z._default(z.nullable(z.string()), null),
});
export type SessionState = z.infer<typeof sessionState>;

const storageKey = "session-state";
const initial: SessionState = { utcOffsetMinutes: null, offsetSeenAt: null, lastReadAt: null, lastOutcome: null };

export interface SessionStateStore {
  read(): SessionState;
  /** Stores the offset of the newest record. An older record, from a question about an earlier period, is ignored. */
  rememberOffset(utcOffsetMinutes: number, seenAt: number): void;
  /** Notes the outcome of a call; written with the next flush. */
  noteOutcome(outcome: string, at: number): void;
  flush(): void;
}

export function createSessionStateStore(storage: SyncKvStorage): SessionStateStore {
  let unwritten: Partial<Pick<SessionState, "lastReadAt" | "lastOutcome">> | null = null;
  /** The exact time of the newest record, in memory only; it orders the records of one day. */
  let newestSeenAt: number | null = null;

  function read(): SessionState {
    const stored = z.catch(sessionState, initial).parse(storage.get(storageKey) ?? initial);
    return { ...stored, ...unwritten };
  }

  return {
    read,
    rememberOffset(utcOffsetMinutes, seenAt) {
      const state = read();
      const known = newestSeenAt ?? state.offsetSeenAt;
      if (known !== null && seenAt <= known) return;
      newestSeenAt = seenAt;
      const offsetSeenAt = Math.floor(seenAt / dayMilliseconds) * dayMilliseconds;
      if (state.utcOffsetMinutes === utcOffsetMinutes && state.offsetSeenAt === offsetSeenAt) return;
      storage.put(storageKey, { ...state, utcOffsetMinutes, offsetSeenAt });
    },
    noteOutcome(outcome, at) {
      unwritten = { ...unwritten, lastOutcome: outcome, ...(outcome === "ok" ? { lastReadAt: at } : {}) };
    },
    flush() {
      if (unwritten === null) return;
      storage.put(storageKey, read());
      unwritten = null;
    },
  };
}
