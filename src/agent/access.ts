import { AppError } from "../errors.ts";
import { GrantSession, type GrantSessionParts, type RemoteGrants } from "../grants/grant-session.ts";
import type { Presented } from "../grants/grant-store.ts";
import { type Outcome, settle } from "../outcome.ts";
import type { Identity } from "./mcp-endpoint.ts";
import type { Parts } from "./parts.ts";
import type { Schedule } from "./schedule.ts";

type Answer = (request: Request, identity: Identity) => Promise<Outcome<Response>>;

export interface RemoteSession extends RemoteGrants {
  answer: Answer;
}

/**
 * The object through which the worker uses an account's Durable Object during one request. The worker checks the token
 * and gets the answer through the same object, because the platform then bills only one request to the Durable Object.
 */
class RequestSession extends GrantSession {
  readonly #answer: Answer;

  constructor(parts: GrantSessionParts, answer: Answer) {
    super(parts);
    this.#answer = answer;
  }

  answer(request: Request, identity: Identity): Promise<Outcome<Response>> {
    return this.#answer(request, identity);
  }
}

/** The checks that a caller has to pass before an account's Durable Object works for this caller. */
export interface Access {
  /**
   * Returns the object through which one request uses the account. It also returns the first entry that the request
   * needs from the OAuth store, so that no second call is needed to read this entry. If there is no account, the
   * returned object reads and writes nothing.
   */
  open(
    first: { key: string; presented: Presented | null } | null,
  ): Promise<Outcome<{ value: string | null; session: RequestSession }>>;
  /** If there is no account, the outcome is `account_gone`. */
  asAccount<T>(work: () => T | Promise<T>): Promise<Outcome<T>>;
  /** Runs work for the owner of the account, after checking the session of the owner's browser. */
  asOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>): Promise<Outcome<T>>;
  /**
   * Runs work that requires a recent sign-in: changing the sign-in methods, deleting the account or allowing another
   * assistant. The cookie of an old session is not enough. `within` is in ms, and ten minutes by default.
   */
  asFreshOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>, within?: number): Promise<Outcome<T>>;
}

/** @param answer Answers an MCP request that comes through the object that `open` returns */
export function createAccess(parts: Parts, schedule: Schedule, answer: Answer): Access {
  const { account, assistants, grants, sessions, troubles } = parts;
  const storeParts = {
    store: grants,
    exists: account.exists,
    isAllowed: assistants.isAllowed,
    changed: schedule.setAlarm,
  };
  let isEndpointRequested = false;

  /**
   * Loads the code of the MCP endpoint in a later turn of the event loop, so that it does not delay the result for
   * which the caller waits.
   */
  function loadEndpointLater(): void {
    if (!isEndpointRequested) setTimeout(() => import("./mcp-endpoint.ts"), 0);
    isEndpointRequested = true;
  }

  /**
   * Whether the account exists. If it does not, this request has just created its Durable Object, so the storage of the
   * object is deleted again.
   */
  async function checkAccount(): Promise<boolean> {
    if (account.exists()) return true;
    await schedule.wipe();
    return false;
  }

  function asAccount<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
    return settle(async () => {
      if (await checkAccount()) return work();
      throw new AppError({ kind: "account_gone" });
    });
  }

  function asOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>): Promise<Outcome<T>> {
    return asAccount(async () => {
      const sessionId = await sessions.check(session);
      account.noteSeen();
      try {
        return await work(sessionId);
      } finally {
        if (troubles.isPending()) schedule.flushLater();
      }
    });
  }

  return {
    open: (first) =>
      settle(async () => {
        const value = (await checkAccount()) && first ? grants.read(first.key, first.presented) : null;
        // If the token is known, the request needs the MCP endpoint next. So the code of the endpoint is loaded while
        // the worker checks the token.
        if (value !== null && first?.key.startsWith("token:")) loadEndpointLater();
        return { value, session: new RequestSession(storeParts, answer) };
      }),
    asAccount,
    asOwner,
    asFreshOwner: (session, work, within) =>
      asOwner(session, (sessionId) => {
        if (!sessions.isFresh(sessionId, within)) throw new AppError({ kind: "proof_needed" });
        return work(sessionId);
      }),
  };
}
