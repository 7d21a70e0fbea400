import type { Bindings } from "../bindings.ts";
import { AppError } from "../errors.ts";
import type { OAuthStoreOptions } from "../grants/oauth-store.ts";
import { addressOf, countRefusal } from "./limits.ts";

/** The window of the limit in wrangler.toml. */
const windowMilliseconds = 60_000;
/** When more callers are blocked at a time, all are released. */
const mostBlocked = 10_000;

/**
 * The limit of unknown tokens and codes that name a real account, for each network address and account. An account's
 * own assistants at other addresses are not affected, and neither are other accounts. The platform counts by location,
 * and each isolate remembers who is blocked, so the limit is approximate.
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
      onUnknown: (accountId) => context.waitUntil(count(keyOf(accountId))),
    };
  };
}
