import { RpcTarget } from "cloudflare:workers";
import { type Outcome, settle } from "../outcome.ts";
import type { GrantStore, Presented, StoreEntry } from "./grant-store.ts";

export interface GrantSessionParts {
  store: GrantStore;
  /** Whether the account exists. Without one, nothing is read and nothing is written. */
  exists(): boolean;
  isAllowed(assistantId: string): boolean;
  /** Called after a write, to set the alarm for the new expiry time. */
  changed(): Promise<void>;
}

/** A session as its caller sees it, across objects. */
export interface RemoteGrants {
  read(key: string, presented: Presented | null): Promise<Outcome<string | null>>;
  /** False when the grant has ended, or when the presented code or token was used meanwhile. */
  write(entry: StoreEntry, presented: Presented | null): Promise<Outcome<boolean>>;
  /** Whether the entry existed. */
  remove(key: string): Promise<Outcome<boolean>>;
  list(prefix: string): Promise<Outcome<string[]>>;
  /** Whether the account exists and the approval is not revoked. Asked for grants of 0.1.0, which are elsewhere. */
  allows(assistantId: string): Promise<Outcome<boolean>>;
}

/**
 * One request's access to an account's part of the OAuth store. All calls on it belong to the RPC session that opened
 * it, which the platform counts as one request to the object.
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

  /** @param otherwise the result when the account does not exist */
  #whenExists<T>(work: (store: GrantStore) => T | Promise<T>, otherwise: T): Promise<Outcome<T>> {
    return settle(() => (this.#parts.exists() ? work(this.#parts.store) : otherwise));
  }
}
