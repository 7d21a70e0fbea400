import * as z from "zod/mini";
import { randomId } from "../crypto/secrets.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";

/**
 * One record for each approval on the consent page, and for each access token. Every call checks it, so narrowing and
 * revoking take effect at once, even while older tokens are still valid.
 */
const assistant = z.object({
  /** Null for an access token, which no client asked for. */
  clientId: z.nullable(z.string()),
  /** What the client calls itself, or what the person calls the access token. */
  clientName: z.string(),
  /** Domain verified by a client metadata document; null when the client's name is not verified. */
  clientDomain: z.nullable(z.string()),
  /** Null for an access token, which the person carries to the program. */
  redirectHost: z.nullable(z.string()),
  /** Whether the program is on the computer, or the device, whose browser gave the approval. */
  isOnThisComputer: z._default(z.boolean(), false),
  /** The browser in which Allow was pressed; null for an access token and in records of older versions. */
  browser: z._default(z.nullable(z.object({ name: z.string(), id: z.string() })), null),
  /** Whether its first use revokes older approvals of the same client. False after that first use. */
  replacesOlder: z._default(z.boolean(), false),
  scopes: z.array(z.enum(scopeNames)),
  createdAt: z.number(),
  firstUsedAt: z._default(z.nullable(z.number()), null),
  lastUsedAt: z.nullable(z.number()),
  revokedAt: z.nullable(z.number()),
  /** Whether its host draws views, as it last said. Null until it does. */
  draws: z._default(z.nullable(z.boolean()), null),
  /** Whether its grant is in this agent. False for an approval of 0.1.0, whose grant is in Workers KV. */
  storedHere: z._default(z.boolean(), false),
  /** SHA-256 of the access token that the person made, and when it expires. Null for an approval. */
  accessToken: z._default(z.nullable(z.object({ hash: z.string(), expiresAt: z.number() })), null),
});
export type Assistant = z.infer<typeof assistant>;

export interface AssistantDetails
  extends Pick<Assistant, "clientName" | "clientDomain" | "isOnThisComputer" | "replacesOlder" | "scopes"> {
  clientId: string;
  redirectHost: string;
}

export interface NewAccessToken {
  name: string;
  scopes: readonly ScopeName[];
  hash: string;
  /** Epoch ms. */
  expiresAt: number;
}

export interface AssistantStore {
  /** Older approvals that it replaces lose at once the scopes that it does not have. */
  add(details: AssistantDetails, browser: Assistant["browser"]): string;
  addAccessToken(id: string, token: NewAccessToken): void;
  find(id: string): Assistant | null;
  list(): { id: string; assistant: Assistant }[];
  /** Whether it exists, is not revoked and, as an access token, has not expired. */
  isAllowed(id: string): boolean;
  /** Removes scopes and never adds any; adding goes through the consent page. */
  narrow(id: string, scopes: readonly ScopeName[]): void;
  revoke(id: string): void;
  /** At the first use of an approval that replaces older ones: returns their ids, to be revoked. Otherwise none. */
  takeReplaced(id: string): string[];
  /** Records the times of use: the first once, the last at most once an hour. The activity list knows each call. */
  touch(id: string, first: number, last: number): void;
  /** Records whether its host draws views; writes only a change. */
  noteDrawing(id: string, draws: boolean): void;
  /** Deletes the record. */
  forget(id: string): void;
}

/** Access tokens have keys of their own, because versions before them cannot read their records. */
const prefixes = { approval: "assistant:", accessToken: "access-token:" } as const;
const hour = 3_600_000;

export function createAssistantStore(storage: SyncKvStorage, now: () => number): AssistantStore {
  function find(id: string): Assistant | null {
    const stored = storage.get(`${prefixes.approval}${id}`) ?? storage.get(`${prefixes.accessToken}${id}`);
    return stored === undefined ? null : assistant.parse(stored);
  }

  function save(id: string, saved: Assistant): void {
    storage.put(`${saved.accessToken === null ? prefixes.approval : prefixes.accessToken}${id}`, saved);
  }

  function update(id: string, change: Partial<Assistant>): void {
    const found = find(id);
    if (found) save(id, { ...found, ...change });
  }

  function list(): { id: string; assistant: Assistant }[] {
    const found = Object.values(prefixes).flatMap((prefix) =>
      Array.from(storage.list({ prefix }), ([key, value]) => ({
        id: key.slice(prefix.length),
        assistant: assistant.parse(value),
      })),
    );
    return found.toSorted((left, right) => right.assistant.createdAt - left.assistant.createdAt);
  }

  /** A person who allows less than before wants less now, even if the new approval is never used. */
  function narrowOlder({ clientId, scopes }: AssistantDetails): void {
    for (const { id, assistant } of list()) {
      if (assistant.clientId === clientId && assistant.revokedAt === null) narrow(id, scopes);
    }
  }

  function narrow(id: string, scopes: readonly ScopeName[]): void {
    const found = find(id);
    if (found) update(id, { scopes: found.scopes.filter((name) => scopes.includes(name)) });
  }

  return {
    add(details, browser) {
      const id = randomId(16);
      const times = { createdAt: now(), firstUsedAt: null, lastUsedAt: null, revokedAt: null, draws: null };
      if (details.replacesOlder) narrowOlder(details);
      save(id, { ...details, ...times, browser, storedHere: true, accessToken: null });
      return id;
    },
    addAccessToken(id, { name, scopes, hash, expiresAt }) {
      save(id, {
        clientId: null,
        clientName: name,
        clientDomain: null,
        redirectHost: null,
        isOnThisComputer: false,
        browser: null,
        replacesOlder: false,
        scopes: [...scopes],
        createdAt: now(),
        firstUsedAt: null,
        lastUsedAt: null,
        revokedAt: null,
        draws: false, // a program without a browser: it gets no pictures unless it says that it draws them
        storedHere: true,
        accessToken: { hash, expiresAt },
      });
    },
    find,
    list,
    narrow,
    isAllowed(id) {
      const found = find(id);
      return found !== null && found.revokedAt === null && (found.accessToken?.expiresAt ?? Infinity) > now();
    },
    revoke(id) {
      update(id, { revokedAt: now() });
    },
    takeReplaced(id) {
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
      return older.map((other) => other.id);
    },
    touch(id, first, last) {
      const known = find(id);
      if (known?.lastUsedAt && last - known.lastUsedAt < hour) return;
      update(id, { firstUsedAt: known?.firstUsedAt ?? first, lastUsedAt: last });
    },
    noteDrawing(id, draws) {
      if (find(id)?.draws !== draws) update(id, { draws });
    },
    forget(id) {
      for (const prefix of Object.values(prefixes)) storage.delete(`${prefix}${id}`);
    },
  };
}
