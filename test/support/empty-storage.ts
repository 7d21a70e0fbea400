import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Agents that were empty when storage was last emptied. Their names are random: nobody fills one of them again. */
const emptied = new Set<string>();

/**
 * Empties all storage: objects, their alarms and Workers KV. The pool's own `reset` forgets objects that have left memory,
 * as they do after ten seconds without a request, so those are woken before.
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
