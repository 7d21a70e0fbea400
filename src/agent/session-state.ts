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
  /** Writes only what changes. */
  update(change: Partial<SessionState>): void;
}

export function createSessionStateStore(storage: SyncKvStorage): SessionStateStore {
  function read(): SessionState {
    return sessionState.catch(initial).parse(storage.get(storageKey) ?? initial);
  }
  return {
    read,
    update(change) {
      const before = read();
      const after = { ...before, ...change };
      if (after.utcOffsetMinutes === before.utcOffsetMinutes && after.lastReadAt === before.lastReadAt) return;
      storage.put(storageKey, after);
    },
  };
}
