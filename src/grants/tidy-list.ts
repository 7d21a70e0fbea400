import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { withoutMessage } from "../outcome.ts";

/**
 * Deletes grants that version 0.1.0 of this server has made, and their tokens, from Workers KV. This happens after a
 * person revokes an assistant or deletes the account. The grants stop working at once, because the account's Durable
 * Object refuses them. But Workers KV may refuse to delete them when its daily allowance is used up. So the deletion is
 * tried again every hour, for a day. Grants of later versions are in the account's Durable Object and need no such
 * list.
 */
export interface TidyList {
  /**
   * @param assistantIds the ids of the assistants' records whose grants are to be deleted; "all" when the account is
   *   deleted
   */
  add(assistantIds: readonly string[] | "all"): void;
  /** Does not throw. When the deletion in Workers KV fails, {@link dueAt} says when to try again. */
  run(): Promise<void>;
  /** The next attempt to delete grants, in epoch milliseconds. Null when the list is empty. */
  dueAt(): number | null;
}

const record = z.object({
  assistants: z.union([z.literal("all"), z.array(z.string())]),
  /** When the attempts end (epoch ms). */
  until: z.number(),
  dueAt: z.number(),
});

/** When an account is deleted, the list under this key is kept, so that the deletion in Workers KV can still finish. */
export const tidyKey = "tidy";
const keptMilliseconds = dayMilliseconds;
const retryMilliseconds = 3_600_000;

export function createTidyList(
  storage: SyncKvStorage,
  kv: KVNamespace,
  accountId: string,
  now: () => number,
): TidyList {
  function load(): z.infer<typeof record> | null {
    const stored = storage.get(tidyKey);
    return stored === undefined ? null : record.parse(stored);
  }

  return {
    add(added) {
      const before = load();
      if (added.length === 0) return;
      const isAll = added === "all" || before?.assistants === "all";
      const assistants = isAll ? ("all" as const) : [...new Set([...(before?.assistants ?? []), ...added])];
      storage.put(tidyKey, { assistants, until: now() + keptMilliseconds, dueAt: now() });
    },
    async run() {
      const listed = load();
      if (listed === null || listed.dueAt > now()) return;
      const retryAt = Math.min(now() + retryMilliseconds, listed.until);
      storage.put(tidyKey, { ...listed, dueAt: retryAt });
      const cause = await deleteGrants(kv, accountId, listed.assistants).then(() => null, withoutMessage);
      if (cause !== null) console.warn(JSON.stringify({ event: "kv_refused", operation: "delete", cause }));
      if (load()?.dueAt !== retryAt) return; // more grants were added while the deletion ran
      if (cause === null || listed.until <= now()) storage.delete(tidyKey);
    },
    dueAt: () => load()?.dueAt ?? null,
  };
}

const grant = z.object({ metadata: z.object({ assistantId: z.string() }) });

/**
 * Deletes grants and their tokens from Workers KV, where version 0.1.0 of this server stored them. The keys of these
 * grants contain the account id.
 */
async function deleteGrants(kv: KVNamespace, accountId: string, assistants: readonly string[] | "all"): Promise<void> {
  const prefix = `grant:${accountId}:`;
  for (const key of await listAll(kv, prefix)) {
    const found = grant.safeParse(await kv.get(key, "json"));
    const isMeant = assistants === "all" || (found.success && assistants.includes(found.data.metadata.assistantId));
    if (!isMeant) continue;
    for (const token of await listAll(kv, `token:${accountId}:${key.slice(prefix.length)}:`)) await kv.delete(token);
    await kv.delete(key);
  }
}

async function listAll(kv: KVNamespace, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page: KVNamespaceListResult<unknown> = await kv.list({ prefix, ...(cursor ? { cursor } : {}) });
    names.push(...page.keys.map(({ name }) => name));
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor);
  return names;
}
