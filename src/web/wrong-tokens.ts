import type { Bindings } from "../bindings.ts";
import { AppError } from "../errors.ts";
import type { OAuthStoreOptions } from "../grants/oauth-store.ts";
import { inBackground } from "../outcome.ts";
import { addressOf, countRefusal } from "./limits.ts";

/**
 * How long a caller with too many wrong tokens is blocked. The rate limit LIMIT_WRONG_TOKENS in wrangler.toml has the
 * same period.
 */
const windowMilliseconds = 60_000;
/**
 * When more callers than this are blocked, the list of blocked callers is emptied, so that it cannot fill the memory.
 */
const mostBlocked = 10_000;

/**
 * Limits how many unknown tokens and codes one network address may present for one account. The limit affects neither
 * the account's own assistants at other addresses nor other accounts. The limit is approximate, because the platform
 * counts in each data centre separately, and each isolate has its own list of blocked callers.
 */
export function createWrongTokenLimit(now: () => number) {
  const blockedUntil = new Map<string, number>();

  return (
    request: Request,
    env: Bindings,
    context: ExecutionContext,
  ): Pick<OAuthStoreOptions<never>, "expectNotBlocked" | "onUnknown"> => {
    const keyOf = (accountId: string) => `${addressOf(request)} ${accountId}`;

    async function count(key: string): Promise<void> {
      const { success } = await env.LIMIT_WRONG_TOKENS.limit({ key });
      if (success) return;
      if (blockedUntil.size >= mostBlocked) blockedUntil.clear();
      blockedUntil.set(key, now() + windowMilliseconds);
      countRefusal(env, context);
    }

    return {
      expectNotBlocked(accountId) {
        const until = blockedUntil.get(keyOf(accountId));
        if (until === undefined) return;
        if (until <= now()) blockedUntil.delete(keyOf(accountId));
        else throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: Math.ceil((until - now()) / 1_000) });
      },
      onUnknown: (accountId) => context.waitUntil(inBackground(() => count(keyOf(accountId)))),
    };
  };
}
