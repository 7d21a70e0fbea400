import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { theRegistry } from "../registry/registry.ts";
import type { AppContext } from "./app.ts";

const reportEveryMilliseconds = 60_000;
/** One counter for each isolate. */
export const countRefusal = createRefusalCount(now);

/**
 * Throws `too_many_attempts` when this network address has made too many in a minute. Call it before using an agent.
 */
export async function limitAttempts(c: AppContext, limiter: RateLimit): Promise<void> {
  if (await isWithinLimit(limiter, c.req.raw)) return;
  countRefusal(c.env, c.executionCtx);
  throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
}

/**
 * Counts rejected attempts for the operator. Reports to the registry at most once a minute, however many there are.
 * Counts that are not reported when the isolate ends are lost.
 */
export function createRefusalCount(now: () => number) {
  let unreported = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (env: Pick<Bindings, "REGISTRY">, context: Pick<ExecutionContext, "waitUntil">): void => {
    unreported += 1;
    if (now() - reportedAt < reportEveryMilliseconds) return;
    context.waitUntil(theRegistry(env).countTroubles({ too_many_attempts: unreported }));
    unreported = 0;
    reportedAt = now();
  };
}

export async function isWithinLimit(limiter: RateLimit, request: Request): Promise<boolean> {
  const { success } = await limiter.limit({ key: addressOf(request) });
  return success;
}

/** The caller's IPv4 address, or the /64 prefix of an IPv6 address, because one subscriber may use the whole prefix. */
export function addressOf(request: Request): string {
  const address = request.headers.get("cf-connecting-ip") ?? "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":");
  const right = tail === undefined ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":");
}
