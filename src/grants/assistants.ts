import * as z from "zod/mini";
import { randomId } from "../crypto/secrets.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";

/**
 * One record for each assistant that was allowed on the consent page, and for each access token. Every tool call reads
 * the record. So if the person removes permissions or revokes the assistant, this takes effect at once, even while the
 * assistant's tokens are still valid.
 */
const assistant = z.object({
  /** Null for an access token, because a person made the token without an OAuth client. */
  clientId: z.nullable(z.string()),
  /** The name that the assistant gives itself, or the name that the person gave the access token. */
  clientName: z.string(),
  /**
   * The domain of the assistant's client metadata document, which proves who made the assistant. Null when the
   * assistant has no such document. The assistant's name is then not verified.
   */
  clientDomain: z.nullable(z.string()),
  /**
   * The host to which the authorization code was sent (the host of the redirect address). Null for an access token,
   * because the person copies the token into the program.
   */
  redirectHost: z.nullable(z.string()),
  /** Whether the assistant runs on the same computer or phone as the browser in which it was allowed. */
  isOnThisComputer: z._default(z.boolean(), false),
  /**
   * The browser in which the person allowed the assistant. Null for an access token, and in records that older versions
   * wrote.
   */
  browser: z._default(z.nullable(z.object({ name: z.string(), id: z.string() })), null),
  /**
   * Whether older records of the same OAuth client are revoked when the assistant uses this record for the first time.
   * False after that first use.
   */
  replacesOlder: z._default(z.boolean(), false),
  scopes: z.array(z.enum(scopeNames)),
  createdAt: z.number(),
  firstUsedAt: z._default(z.nullable(z.number()), null),
  lastUsedAt: z.nullable(z.number()),
  revokedAt: z.nullable(z.number()),
  /**
   * Whether the assistant's host can draw pictures (MCP Apps views), as the host last declared. Null until the host has
   * declared whether it can.
   */
  draws: z._default(z.nullable(z.boolean()), null),
  /**
   * Whether the OAuth grant of this assistant is stored in the account's Durable Object. False in a record that version
   * 0.1.0 wrote: its grant is in Workers KV.
   */
  storedHere: z._default(z.boolean(), false),
  /**
   * The SHA-256 hash of the access token and when it expires. Null for an assistant that was allowed on the consent
   * page.
   */
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
  /**
   * Returns the id of the new record. If `replacesOlder` is true, the older records of the same OAuth client lose at
   * once every scope that the person has not allowed again.
   */
  add(details: AssistantDetails, browser: Assistant["browser"]): string;
  addAccessToken(id: string, token: NewAccessToken): void;
  find(id: string): Assistant | null;
  list(): { id: string; assistant: Assistant }[];
  /** Whether the record exists, is not revoked, and, if it is an access token's record, has not expired. */
  isAllowed(id: string): boolean;
  /**
   * Keeps only the record's scopes that are also in `scopes`. The method never adds a scope, because adding one needs
   * consent on the consent page.
   */
  narrow(id: string, scopes: readonly ScopeName[]): void;
  revoke(id: string): void;
  /**
   * Called when an assistant makes a request with the record `id`. Returns the ids of the older records that this
   * record replaces, so that the caller revokes them. Later calls with the same `id` return an empty list.
   */
  takeReplaced(id: string): string[];
  /**
   * To save writes, the last use is written at most once an hour. The activity list has the exact time of each call.
   */
  touch(id: string, first: number, last: number): void;
  /** Whether the assistant's host can draw pictures. Storage is written only when the value changes. */
  noteDrawing(id: string, draws: boolean): void;
  forget(id: string): void;
}

/**
 * The storage keys of records begin with these prefixes. Records of access tokens have a prefix of their own, so that
 * older versions of the code, which cannot read these records, do not find them.
 */
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

  /**
   * Removes from the older records of the same OAuth client every scope that the person has not allowed this time. A
   * person who allows less than before expects this to take effect at once. The assistant may keep using its older
   * record and never use the new one.
   */
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
        // Answers for an access token contain pictures only after the program that uses the token has declared that it
        // can draw pictures.
        draws: false,
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
