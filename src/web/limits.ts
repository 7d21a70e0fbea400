import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { theRegistry } from "../registry/registry.ts";
import type { AppContext } from "./app.ts";

const tellEveryMilliseconds = 60_000;
/** One count for each isolate. */
export const countRefusal = createRefusalCount(now);

/** Counts an attempt of this address and minute; throws when there were too many. Before any object is addressed. */
export async function limitAttempts(c: AppContext, limiter: RateLimit): Promise<void> {
  if (await isWithinLimit(limiter, c.req.raw)) return;
  countRefusal(c.env, c.executionCtx);
  throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
}

/**
 * Counts attempts turned away, for the operator. However hard somebody knocks, the registry is told once a minute; what is
 * untold when the isolate ends is lost.
 */
export function createRefusalCount(now: () => number) {
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (env: Pick<Bindings, "REGISTRY">, context: Pick<ExecutionContext, "waitUntil">): void => {
    untold += 1;
    if (now() - toldAt < tellEveryMilliseconds) return;
    context.waitUntil(theRegistry(env).countTroubles({ too_many_attempts: untold }));
    untold = 0;
    toldAt = now();
  };
}

export async function isWithinLimit(limiter: RateLimit, request: Request): Promise<boolean> {
  const { success } = await limiter.limit({ key: addressOf(request) });
  return success;
}

/** Who is asking: an IPv4 address, or the /64 of an IPv6 one, all of which one subscriber may use. */
function addressOf(request: Request): string {
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
