import { RpcTarget } from "cloudflare:workers";
import { type Outcome, settle } from "../outcome.ts";
import type { GrantStore, Presented, StoreEntry } from "./grant-store.ts";

export interface GrantSessionParts {
  store: GrantStore;
  /** If the account does not exist, the methods of the session read and write nothing. */
  exists(): boolean;
  isAllowed(assistantId: string): boolean;
  /**
   * Called after an entry was written. The method sets an alarm for the time at which the entry expires, so that the
   * entry is then deleted.
   */
  changed(): Promise<void>;
}

export interface RemoteGrants {
  read(key: string, presented: Presented | null): Promise<Outcome<string | null>>;
  write(entry: StoreEntry, presented: Presented | null): Promise<Outcome<boolean>>;
  remove(key: string): Promise<Outcome<boolean>>;
  list(prefix: string): Promise<Outcome<string[]>>;
  /**
   * Whether the account exists and the assistant with this record id is not revoked. The caller asks this only for
   * grants that version 0.1.0 of this server has made. These old grants are stored in Workers KV, so the account's
   * Durable Object cannot see whether such a grant still exists.
   */
  allows(assistantId: string): Promise<Outcome<boolean>>;
}

/**
 * Through this object, one HTTP request reads and writes an account's part of the OAuth store. The object is one RPC
 * session with the account's Durable Object, so the platform bills all calls together as a single request.
 */
export class GrantSession extends RpcTarget implements RemoteGrants {
  readonly #parts: GrantSessionParts;

  constructor(parts: GrantSessionParts) {
    super();
    this.#parts = parts;
  }

  read(key: string, presented: Presented | null) {
    return this.#whenExists((store) => store.read(key, presented), null);
  }

  write(entry: StoreEntry, presented: Presented | null) {
    return this.#whenExists(async (store) => {
      const isWritten = store.write(entry, presented);
      if (isWritten) await this.#parts.changed();
      return isWritten;
    }, false);
  }

  remove(key: string) {
    return this.#whenExists((store) => store.remove(key), false);
  }

  list(prefix: string) {
    return this.#whenExists((store) => store.list(prefix), []);
  }

  allows(assistantId: string) {
    return this.#whenExists(() => this.#parts.isAllowed(assistantId), false);
  }

  #whenExists<T>(work: (store: GrantStore) => T | Promise<T>, otherwise: T): Promise<Outcome<T>> {
    return settle(() => (this.#parts.exists() ? work(this.#parts.store) : otherwise));
  }
}
