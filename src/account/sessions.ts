import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { hashSecret, randomId } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";

/**
 * A session: a browser in which the person is signed in. The session's secret is stored only in the browser's cookie.
 * The server stores a hash of the secret.
 */
const webSession = z.object({
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** The names of the browser and of the operating system, such as "Chrome on macOS". */
  browser: z.string(),
  /**
   * An id of the browser that stays the same when the person signs in again in the same browser. Null in sessions that
   * an older version of the code stored.
   */
  browserId: z._default(z.nullable(z.string()), null),
});
export type WebSession = z.infer<typeof webSession>;

const prefix = "session:";
export const sessionLifetimeMilliseconds = 30 * dayMilliseconds;
/**
 * A person may change the sign-in methods for this long after signing in, in milliseconds. The time counts from the
 * start of the session. Signing in again starts a new session, so a stolen cookie of an older session gains nothing
 * when the person signs in again.
 */
export const freshMilliseconds = 10 * 60_000;
/**
 * A person may allow another assistant for this long after signing in, in milliseconds. The time is long enough for a
 * day on which a person tries several assistants.
 */
export const allowingMilliseconds = 12 * 3_600_000;
/**
 * The account stores the record of a newly allowed assistant only for this long after a sign-in, in milliseconds. The
 * consent page works for {@link allowingMilliseconds} after the sign-in. If the person then first has to connect Oura,
 * the record is stored later, so this limit is one hour longer than that of the consent page.
 */
export const addingMilliseconds = allowingMilliseconds + 3_600_000;
/**
 * The time of a session's last use (`lastSeenAt`) is written at most once in this many milliseconds, because each write
 * costs money.
 */
const seenEveryMilliseconds = 3_600_000;

export interface SessionStore {
  /** Starts a session for a browser and returns the session's secret. */
  start(browser: string): Promise<string>;
  /**
   * Called after a person has signed in again in the same browser. Ends the browser's earlier session, if there was
   * one, and gives its `browserId` to the new session.
   */
  succeed(secret: string, before: string): Promise<void>;
  find(id: string): WebSession | null;
  /**
   * Returns the id of the session with this secret. Throws `not_signed_in` when there is no such session or the session
   * has expired.
   */
  check(secret: string): Promise<string>;
  /** Whether the session was started within the last `withinMilliseconds`. Default: {@link freshMilliseconds}. */
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
