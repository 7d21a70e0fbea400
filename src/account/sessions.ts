import * as z from "zod";
import { dayMilliseconds } from "../analytics/day.ts";
import { hashSecret, randomId } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";

/**
 * A browser in which the person is signed in. The session's secret is only in the browser's cookie. Storage contains
 * the hash of the secret.
 */
const webSession = z.object({
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** The browser and its system, such as "Chrome on macOS". */
  browser: z.string(),
  /**
   * An id that stays the same when the person signs in again in this browser. Null in sessions that an older version
   * stored.
   */
  browserId: z.string().nullable().default(null),
});
export type WebSession = z.infer<typeof webSession>;

const prefix = "session:";
export const sessionLifetimeMilliseconds = 30 * dayMilliseconds;
/**
 * How long after signing in the person may change the sign-in methods. Signing in again creates a new session, so a
 * stolen copy of an older cookie does not get this time again.
 */
export const freshMilliseconds = 10 * 60_000;
/** How long after signing in the person may allow another assistant. The time covers a first visit and a day of use. */
export const allowingMilliseconds = 12 * 3_600_000;
/**
 * How long after signing in the account still stores a new approval of an assistant. The consent page checks {@link
 * allowingMilliseconds} when it is opened and when it is submitted. The person may connect Oura between submitting the
 * page and the approval, so one hour more is allowed.
 */
export const addingMilliseconds = allowingMilliseconds + 3_600_000;
/** `lastSeenAt` is stored at most once in this time, because each write costs money. */
const seenEveryMilliseconds = 3_600_000;

export interface SessionStore {
  /** Starts a session for a browser and returns the session's secret. */
  start(browser: string): Promise<string>;
  /**
   * Ends the session that this browser had before, if there was one. The new session gets the `browserId` of the ended
   * session.
   */
  succeed(secret: string, before: string): Promise<void>;
  find(id: string): WebSession | null;
  /**
   * Returns the id of the session with this secret. Throws `not_signed_in` when there is no such session or the session
   * has expired.
   */
  check(secret: string): Promise<string>;
  /** Whether the session was started within the given time. Default: {@link freshMilliseconds}. */
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
