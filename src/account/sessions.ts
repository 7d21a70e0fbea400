import * as z from "zod";
import { hashSecret, randomId } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";

/** A signed-in browser. The secret lives in its cookie alone; here only its hash. */
const webSession = z.object({
  createdAt: z.number(),
  lastSeenAt: z.number(),
  /** A few words a person recognises, such as "Chrome on macOS". */
  browser: z.string(),
});
export type WebSession = z.infer<typeof webSession>;

const prefix = "session:";
export const sessionLifetimeMilliseconds = 30 * 86_400_000;
/**
 * How long after signing in the ways into the account may be changed. Signing in again makes a new session, so freshness
 * belongs to the browser that proved it and never to a copy of its older cookie.
 */
export const freshMilliseconds = 10 * 60_000;
/** How long after signing in another assistant may be allowed: the whole of an ordinary first visit, and of a day. */
export const allowingMilliseconds = 12 * 3_600_000;
/** Writing on every click would cost more than it tells. */
const seenEveryMilliseconds = 3_600_000;

export interface SessionStore {
  /** A new session's secret. */
  start(browser: string): Promise<string>;
  /** The session's id, or `not_signed_in`. */
  check(secret: string): Promise<string>;
  /** Whether that session was signed in so lately; within {@link freshMilliseconds} unless said otherwise. */
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

  return {
    async start(browser) {
      const secret = randomId(32);
      list(); // drops what has expired
      const session: WebSession = { createdAt: now(), lastSeenAt: now(), browser: browser.slice(0, 60) };
      storage.put(`${prefix}${await hashSecret(secret)}`, session);
      return secret;
    },
    async check(secret) {
      const id = await hashSecret(secret);
      const stored = storage.get(`${prefix}${id}`);
      const session = stored === undefined ? null : webSession.parse(stored);
      if (session === null || session.createdAt + sessionLifetimeMilliseconds <= now()) {
        throw new AppError({ kind: "not_signed_in" });
      }
      if (now() - session.lastSeenAt > seenEveryMilliseconds) {
        storage.put(`${prefix}${id}`, { ...session, lastSeenAt: now() });
      }
      return id;
    },
    isFresh(id, withinMilliseconds = freshMilliseconds) {
      const stored = storage.get(`${prefix}${id}`);
      return stored !== undefined && webSession.parse(stored).createdAt + withinMilliseconds > now();
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
