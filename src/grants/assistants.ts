import * as z from "zod";
import { randomId } from "../crypto/secrets.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";

/**
 * One record for each approval on the consent page. Every call checks it, so narrowing and revoking take effect at
 * once, even while older tokens are still valid.
 */
const assistant = z.object({
  clientId: z.string(),
  clientName: z.string(),
  /** Domain verified by a client metadata document; null when the client's name is not verified. */
  clientDomain: z.string().nullable(),
  redirectHost: z.string(),
  /** Whether its first use revokes older approvals of the same client. False after that first use. */
  replacesOlder: z.boolean().default(false),
  scopes: z.array(z.enum(scopeNames)),
  createdAt: z.number(),
  firstUsedAt: z.number().nullable().default(null),
  lastUsedAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  /** Whether its host draws views, as it last said. Null until it does. */
  draws: z.boolean().nullable().default(null),
});
export type Assistant = z.infer<typeof assistant>;

export type AssistantDetails = Pick<
  Assistant,
  "clientId" | "clientName" | "clientDomain" | "redirectHost" | "replacesOlder" | "scopes"
>;

export interface AssistantStore {
  add(details: AssistantDetails): string;
  find(id: string): Assistant | null;
  list(): { id: string; assistant: Assistant }[];
  /** Removes scopes and never adds any; adding goes through the consent page. */
  narrow(id: string, scopes: readonly ScopeName[]): void;
  revoke(id: string): void;
  /**
   * At the first use of an approval that replaces older ones: revokes those and returns their ids. Otherwise returns
   * none.
   */
  replaceOlder(id: string): string[];
  /** Records the times of use. `firstUsedAt` is set only once. */
  touch(id: string, first: number, last: number): void;
  /** Records whether its host draws views; writes only a change. */
  noteDrawing(id: string, draws: boolean): void;
  /** Deletes the record. */
  forget(id: string): void;
}

const prefix = "assistant:";

export function createAssistantStore(storage: SyncKvStorage, now: () => number): AssistantStore {
  function find(id: string): Assistant | null {
    const stored = storage.get(`${prefix}${id}`);
    return stored === undefined ? null : assistant.parse(stored);
  }

  function update(id: string, change: Partial<Assistant>): void {
    const found = find(id);
    if (found) storage.put(`${prefix}${id}`, { ...found, ...change });
  }

  function list(): { id: string; assistant: Assistant }[] {
    return Array.from(storage.list({ prefix }), ([key, value]) => ({
      id: key.slice(prefix.length),
      assistant: assistant.parse(value),
    })).toSorted((left, right) => right.assistant.createdAt - left.assistant.createdAt);
  }

  return {
    add(details) {
      const id = randomId(16);
      const record: Assistant = {
        ...details,
        createdAt: now(),
        firstUsedAt: null,
        lastUsedAt: null,
        revokedAt: null,
        draws: null,
      };
      storage.put(`${prefix}${id}`, record);
      return id;
    },
    find,
    list,
    narrow(id, scopes) {
      const found = find(id);
      if (found) update(id, { scopes: found.scopes.filter((name) => scopes.includes(name)) });
    },
    revoke(id) {
      update(id, { revokedAt: now() });
    },
    replaceOlder(id) {
      const newer = find(id);
      if (!newer?.replacesOlder || newer.revokedAt !== null) return [];
      update(id, { replacesOlder: false });
      const older = list().filter(
        (other) =>
          other.id !== id &&
          other.assistant.revokedAt === null &&
          other.assistant.clientId === newer.clientId &&
          other.assistant.createdAt <= newer.createdAt,
      );
      for (const other of older) update(other.id, { revokedAt: now() });
      return older.map((other) => other.id);
    },
    touch(id, first, last) {
      update(id, { firstUsedAt: find(id)?.firstUsedAt ?? first, lastUsedAt: last });
    },
    noteDrawing(id, draws) {
      if (find(id)?.draws !== draws) update(id, { draws });
    },
    forget(id) {
      storage.delete(`${prefix}${id}`);
    },
  };
}
