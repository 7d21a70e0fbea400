import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { inBackground } from "../outcome.ts";
import { theRegistry } from "../registry/registry.ts";
import type { AppContext } from "./app.ts";
import { readCookie, sessionCookie } from "./cookies.ts";

const reportEveryMilliseconds = 60_000;
/** Counts the refused requests of this isolate. All requests share one count. */
export const countRefusal = createRefusalCount(now);

/**
 * Throws `too_many_attempts` when the caller's network address has made too many attempts in a minute. Call it before
 * any work in an account's Durable Object.
 * @param purpose separates the counts of different actions that use the same limiter
 */
export async function limitAttempts(c: AppContext, limiter: RateLimit, purpose = ""): Promise<void> {
  if (!(await isWithinLimit(c.env, limiter, c.req.raw, purpose))) refuseAttempt(c);
}

/**
 * The rate limit of all pages that call a Durable Object. It counts the requests of each network address. When somebody
 * is signed in, it also counts the requests of the account, with a lower limit for requests that change something.
 */
export async function limitPages(c: AppContext, next: () => Promise<void>): Promise<void> {
  await limitAttempts(c, c.env.LIMIT_PAGES);
  const session = await readCookie(c, sessionCookie);
  if (session !== null) {
    const changes = c.req.method !== "GET" && c.req.method !== "HEAD";
    const limiter = changes ? c.env.LIMIT_ACCOUNT : c.env.LIMIT_PAGES;
    if (!(await limiter.limit({ key: `account:${session.accountId}` })).success) refuseAttempt(c);
  }
  await next();
}

function refuseAttempt(c: AppContext): never {
  countRefusal(c.env, c.executionCtx);
  throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
}

/**
 * Counts refused attempts for the operator, and reports them to the registry at most once a minute. Counts that are not
 * yet reported are lost when the isolate ends.
 */
export function createRefusalCount(now: () => number) {
  let unreported = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (env: Pick<Bindings, "REGISTRY">, context: Pick<ExecutionContext, "waitUntil">): void => {
    unreported += 1;
    if (now() - reportedAt < reportEveryMilliseconds) return;
    const counts = { too_many_attempts: unreported };
    context.waitUntil(inBackground(() => theRegistry(env).countTroubles(counts)));
    unreported = 0;
    reportedAt = now();
  };
}

/**
 * Whether the caller's network address is within its limit. An IPv6 address counts as its /64 prefix. Its /48 prefix
 * must also be within a limit of its own, because a provider may give one subscriber a whole /48 with 65,536 /64
 * prefixes.
 */
export async function isWithinLimit(
  { LIMIT_NETWORK }: Pick<Bindings, "LIMIT_NETWORK">,
  limiter: RateLimit,
  request: Request,
  purpose = "",
): Promise<boolean> {
  const address = addressOf(request);
  const network = networkOf(request);
  const own = await limiter.limit({ key: purpose === "" ? address : `${purpose} ${address}` });
  if (!own.success || network === address) return own.success;
  return (await LIMIT_NETWORK.limit({ key: network })).success;
}

/**
 * The caller's IPv4 address, or the /64 prefix of an IPv6 address, because one subscriber can use every address of a
 * /64.
 */
export function addressOf(request: Request): string {
  return prefixOf(request, 4);
}

export function networkOf(request: Request): string {
  return prefixOf(request, 3);
}

/** @param groups how many of the eight groups of an IPv6 address belong to the prefix */
function prefixOf(request: Request, groups: number): string {
  const address = request.headers.get("cf-connecting-ip") ?? "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":");
  const right = tail === undefined ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right]
    .slice(0, groups)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":");
}
