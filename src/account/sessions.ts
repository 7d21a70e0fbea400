import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { hashSecret, randomId } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";

/**
 * A browser in which a person is signed in. Only the browser's cookie contains the session's secret. The server stores
 * a hash of the secret.
 */
const webSession = z.object({
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** The names of the browser and of the operating system, such as "Chrome on macOS". */
  browser: z.string(),
  /**
   * Stays the same when the person signs in again in the same browser. Null in sessions that an older version of the
   * code stored.
   */
  browserId: z._default(z.nullable(z.string()), null),
});
export type WebSession = z.infer<typeof webSession>;

const prefix = "session:";
export const sessionLifetimeMilliseconds = 30 * dayMilliseconds;
/**
 * A person may change the sign-in methods only in a session that is younger than this. In an older session, the person
 * must first sign in again, and this starts a new session. So somebody who has stolen the cookie of the older session
 * still cannot change the sign-in methods.
 */
export const freshMilliseconds = 10 * 60_000;
/**
 * A person may allow another assistant only in a session that is younger than this. The limit is long enough for a day
 * on which a person tries several assistants.
 */
export const allowingMilliseconds = 12 * 3_600_000;
/**
 * The account stores the record of a newly allowed assistant only in a session that is younger than this. The limit is
 * one hour longer than {@link allowingMilliseconds}, because the person may first have to connect Oura after pressing
 * Allow.
 */
export const addingMilliseconds = allowingMilliseconds + 3_600_000;
/** `lastSeenAt` is written at most once in this time, because each write costs money. */
const seenEveryMilliseconds = 3_600_000;

export interface SessionStore {
  /** Returns the session's secret. */
  start(browser: string): Promise<string>;
  /**
   * Called after a person has signed in again in the same browser. Ends the browser's earlier session, if there was
   * one, and gives its `browserId` to the new session.
   */
  succeed(secret: string, before: string): Promise<void>;
  find(id: string): WebSession | null;
  /** Returns the session's id. Throws `not_signed_in` when no session has this secret or the session has expired. */
  check(secret: string): Promise<string>;
  /** `withinMilliseconds` is by default {@link freshMilliseconds}. */
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
      list(); // `list` also deletes expired sessions
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
