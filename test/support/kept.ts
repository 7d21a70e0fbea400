import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { machineNow } from "../../sandbox/clock/machine-now.ts";

/** One stored entry with its place (an agent, the registry or KV), key and value. */
export interface Kept {
  place: "agent" | "registry" | "kv";
  key: string;
  value: unknown;
}

export async function everythingKept(): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const id of await listDurableObjectIds(env.RING_AGENT)) {
    const entries = await runInDurableObject(env.RING_AGENT.get(id), (_object, { storage }) => [...storage.kv.list()]);
    for (const [key, value] of entries) kept.push({ place: "agent", key, value: [id.toString(), value] });
  }
  for (const id of await listDurableObjectIds(env.REGISTRY)) {
    const rows = await runInDurableObject(env.REGISTRY.get(id), (_object, { storage }) => [
      ...Array.from(storage.kv.list(), ([key, value]) => ({ key, value })),
      ...tablesOf(storage.sql).flatMap((table) =>
        storage.sql
          .exec(`SELECT * FROM "${table}"`)
          .toArray()
          .map((value) => ({ key: table, value: value as unknown })),
      ),
    ]);
    for (const row of rows) kept.push({ place: "registry", ...row });
  }
  const { keys } = await env.OAUTH_KV.list();
  for (const key of keys) {
    kept.push({ place: "kv", key: key.name, value: [await env.OAUTH_KV.get(key.name), key.metadata ?? null] });
  }
  return kept;
}

/** Tables of the product. The platform's own tables hold the key-value storage, which is read above. */
function tablesOf(sql: SqlStorage): string[] {
  return sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .toArray()
    .map(({ name }) => name)
    .filter((name) => !/^(_cf|sqlite)_/i.test(name));
}

/** All stored entries as one searchable text. */
export async function textKept(): Promise<string> {
  return JSON.stringify(await everythingKept());
}

/** Longest remaining lifetime of these Workers KV keys in seconds, by its own clock; Infinity if one never expires. */
export function longestKept(keys: readonly { expiration?: number }[]): number {
  return Math.max(...keys.map(({ expiration }) => (expiration ?? Infinity) - machineNow() / 1_000));
}
