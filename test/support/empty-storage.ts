import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Agents that were already empty at the last call. Their names are random, so they stay empty. */
const emptied = new Set<string>();

/**
 * Empties all storage: objects, their alarms and Workers KV. The pool's `reset` misses objects that are not in memory,
 * as after ten seconds without a request, so this wakes them first.
 */
export async function emptyStorage(): Promise<void> {
  const agents = (await listDurableObjectIds(env.RING_AGENT)).filter((id) => !emptied.has(id.toString()));
  const registries = await listDurableObjectIds(env.REGISTRY);
  await Promise.all([
    ...agents.map((id) => runInDurableObject(env.RING_AGENT.get(id), () => {})),
    ...registries.map((id) => runInDurableObject(env.REGISTRY.get(id), () => {})),
  ]);
  await reset();
  for (const id of agents) emptied.add(id.toString());
}
