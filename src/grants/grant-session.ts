import { RpcTarget } from "cloudflare:workers";
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
  read(key: string, presented: Presented | null): Promise<string | null>;
  write(entry: StoreEntry, presented: Presented | null): Promise<boolean>;
  remove(key: string): Promise<void>;
  list(prefix: string): Promise<string[]>;
  allows(assistantId: string): Promise<boolean>;
}

/**
 * One request's access to an account's part of the OAuth store. All calls on it belong to the RPC session that opened
 * it, which the platform counts as one request to the object.
 */
export class GrantSession extends RpcTarget {
  readonly #parts: GrantSessionParts;

  constructor(parts: GrantSessionParts) {
    super();
    this.#parts = parts;
  }

  read(key: string, presented: Presented | null): string | null {
    return this.#parts.exists() ? this.#parts.store.read(key, presented) : null;
  }

  async write(entry: StoreEntry, presented: Presented | null): Promise<boolean> {
    const isWritten = this.#parts.exists() && this.#parts.store.write(entry, presented);
    if (isWritten) await this.#parts.changed();
    return isWritten;
  }

  remove(key: string): void {
    if (this.#parts.exists()) this.#parts.store.remove(key);
  }

  list(prefix: string): string[] {
    return this.#parts.exists() ? this.#parts.store.list(prefix) : [];
  }

  /** Whether the account exists and the approval is not revoked. Asked for grants of 0.1.0, which are elsewhere. */
  allows(assistantId: string): boolean {
    return this.#parts.exists() && this.#parts.isAllowed(assistantId);
  }
}
