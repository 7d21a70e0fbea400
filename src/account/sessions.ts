import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { hashSecret, randomId } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";

/** A signed-in browser. The secret is only in its cookie; storage holds its hash. */
const webSession = z.object({
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** Browser and system, such as "Chrome on macOS". */
  browser: z.string(),
  /** Stays the same when the person signs in again in this browser. Null in sessions of older versions. */
  browserId: z._default(z.nullable(z.string()), null),
});
export type WebSession = z.infer<typeof webSession>;

const prefix = "session:";
export const sessionLifetimeMilliseconds = 30 * dayMilliseconds;
/**
 * How long after signing in the sign-in methods may be changed. Signing in again creates a new session, so a copy of an
 * older cookie does not become fresh with it.
 */
export const freshMilliseconds = 10 * 60_000;
/** How long after signing in another assistant may be allowed. It covers a first visit and a day of use. */
export const allowingMilliseconds = 12 * 3_600_000;
/**
 * How long after signing in the agent adds the approval. The consent page checks {@link allowingMilliseconds} when it is
 * opened and when it is submitted. Connecting Oura may come between that and the approval, so the agent allows an hour
 * more.
 */
export const addingMilliseconds = allowingMilliseconds + 3_600_000;
/** `lastSeenAt` is written at most this often, because each write costs. */
const seenEveryMilliseconds = 3_600_000;

export interface SessionStore {
  /** Starts a session and returns its secret. */
  start(browser: string): Promise<string>;
  /** Ends the session that this browser had before, if any; the new one is of the same browser. */
  succeed(secret: string, before: string): Promise<void>;
  find(id: string): WebSession | null;
  /** Returns the session's id; throws `not_signed_in`. */
  check(secret: string): Promise<string>;
  /** Whether the session signed in within the given time, by default {@link freshMilliseconds}. */
  isFresh(id: string, withinMilliseconds?: number): boolean;
  list(): { id: string; session: WebSession }[];
  end(id: string): void;
  endAll(): void;
}

export function createSessionStore(storage: SyncKvStorage, now: () => number): SessionStore {
  function list(): { id: string; session: WebSession }[] {
    const found: { id: string; session: WebSession }[] = [];
    for (const [key, value] of storage.list({ prefix })) {
      const session = webSession.parse(value);
      if (session.createdAt + sessionLifetimeMilliseconds > now())
        found.push({ id: key.slice(prefix.length), session });
      else storage.delete(key);
    }
    return found.toSorted((left, right) => right.session.lastSeenAt - left.session.lastSeenAt);
  }

  function find(id: string): WebSession | null {
    const stored = storage.get(`${prefix}${id}`);
    return stored === undefined ? null : webSession.parse(stored);
  }

  return {
    async start(browser) {
      const secret = randomId(32);
      list(); // also deletes expired sessions
      const times = { createdAt: now(), lastSeenAt: now() };
      const session: WebSession = { ...times, browser: browser.slice(0, 60), browserId: randomId(16) };
      storage.put(`${prefix}${await hashSecret(secret)}`, session);
      return secret;
    },
    async succeed(secret, before) {
      const id = await hashSecret(secret);
      const idBefore = await hashSecret(before);
      const [session, sessionBefore] = [find(id), find(idBefore)];
      if (session && sessionBefore) storage.put(`${prefix}${id}`, { ...session, browserId: sessionBefore.browserId });
      if (id !== idBefore) storage.delete(`${prefix}${idBefore}`);
    },
    find,
    async check(secret) {
      const id = await hashSecret(secret);
      const session = find(id);
      if (session === null || session.createdAt + sessionLifetimeMilliseconds <= now()) {
        throw new AppError({ kind: "not_signed_in" });
      }
      if (now() - session.lastSeenAt > seenEveryMilliseconds) {
        storage.put(`${prefix}${id}`, { ...session, lastSeenAt: now() });
      }
      return id;
    },
    isFresh(id, withinMilliseconds = freshMilliseconds) {
      const session = find(id);
      return session !== null && session.createdAt + withinMilliseconds > now();
    },
    list,
    end(id) {
      storage.delete(`${prefix}${id}`);
    },
    endAll() {
      for (const [key] of storage.list({ prefix })) storage.delete(key);
    },
  };
}
