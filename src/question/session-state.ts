import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";

/**
 * What an account stores so that later calls need fewer requests to Oura, and so that the person's own page can show
 * how the last call ended. The stored data contains no health data.
 */
const sessionState = z.object({
  /**
   * The wearer's UTC offset in minutes, as the newest record from Oura gives it; null until data has been read from
   * Oura.
   */
  utcOffsetMinutes: z.nullable(z.number()),
  /**
   * The day of the Oura record that the UTC offset was read from, as midnight UTC in epoch ms; null when it is unknown.
   * The record's exact time is not stored, because it could reveal when the wearer woke up.
   */
  offsetSeenAt: z._default(z.nullable(z.number()), null),
  /**
   * When a tool call last got data from Oura (epoch ms). The time is stored together with the list of calls, so that a
   * call needs no write of its own for the time.
   */
  lastReadAt: z.nullable(z.number()),
  /**
   * How the last tool call that needed data from Oura ended: "ok" or the kind of its failure. The outcome is stored
   * together with the list of calls, so that a call needs no write of its own for the outcome.
   */
  lastOutcome: z._default(z.nullable(z.string()), null),
});
export type SessionState = z.infer<typeof sessionState>;

const storageKey = "session-state";
const initial: SessionState = { utcOffsetMinutes: null, offsetSeenAt: null, lastReadAt: null, lastOutcome: null };

export interface SessionStateStore {
  read(): SessionState;
  /**
   * Stores the offset, unless the offset of a newer record is already stored. For example, a question about last year
   * reads only old records. Their offset must not replace a newer one.
   */
  rememberOffset(utcOffsetMinutes: number, seenAt: number): void;
  /** Notes how a tool call ended. The note stays in memory until `flush` stores it. */
  noteOutcome(outcome: string, at: number): void;
  flush(): void;
}

export function createSessionStateStore(storage: SyncKvStorage): SessionStateStore {
  let unwritten: Partial<Pick<SessionState, "lastReadAt" | "lastOutcome">> | null = null;
  /**
   * Shows which of two records of the same day is newer (epoch ms). Kept in memory only, because the exact time could
   * reveal when the wearer woke up.
   */
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
