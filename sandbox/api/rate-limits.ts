import type { SimulatorStore } from "../store.ts";
import type { RateLimitHit } from "./problems.ts";

export interface Limit {
  limit: number;
  windowSeconds: number;
}

/** One bucket for each access token, and one shared by all users of an app. */
export interface RateLimits {
  token: Limit;
  application: Limit;
}

/** The limit for a token is the one Oura publishes. Oura publishes none for an app. */
const DEFAULT_RATE_LIMITS: RateLimits = {
  token: { limit: 5_000, windowSeconds: 300 },
  application: { limit: 50_000, windowSeconds: 300 },
};

interface Bucket {
  left: number;
  /** Epoch ms. */
  at: number;
}

export async function readRateLimits(store: SimulatorStore): Promise<RateLimits> {
  return (await store.get<RateLimits>("rate-limits")) ?? DEFAULT_RATE_LIMITS;
}

/** New limits start with full buckets. */
export async function setRateLimits(store: SimulatorStore, limits: RateLimits | null): Promise<void> {
  await (limits === null ? store.delete("rate-limits") : store.put("rate-limits", limits));
  for (const key of (await store.list("bucket:")).keys()) await store.delete(key);
}

/** Counts one request; `null` means it may pass. */
export async function countRequest(
  store: SimulatorStore,
  who: { accessToken: string; clientId: string },
  now: number,
): Promise<RateLimitHit | null> {
  const limits = await readRateLimits(store);
  const keys = { token: `bucket:token:${who.accessToken}`, application: `bucket:app:${who.clientId}` };
  for (const tier of ["token", "application"] as const) {
    const { limit, windowSeconds } = limits[tier];
    const perMs = limit / (windowSeconds * 1_000);
    const bucket = await store.update<Bucket>(keys[tier], (known) => {
      const refilled = known ? Math.min(limit, known.left + Math.max(0, now - known.at) * perMs) : limit;
      return { left: refilled - 1, at: now };
    });
    if (bucket.left < 0) {
      // A refused request does not count: give its unit back.
      await store.update<Bucket>(keys[tier], (known) => ({ left: (known?.left ?? -1) + 1, at: now }));
      return { tier, limit, windowSeconds, retryAfterSeconds: Math.ceil(-bucket.left / perMs / 1_000), now };
    }
  }
  return null;
}
