import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import type { RemoteSession } from "../agent/access.ts";
import type { Bindings, RequestBindings } from "../bindings.ts";
import { now } from "../clock.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { createOAuthStore, readPresented } from "../grants/oauth-store.ts";
import { inBackground } from "../outcome.ts";
import { accountOfBrowser } from "../web/cookies.ts";
import { createWrongTokenLimit } from "../web/wrong-tokens.ts";
import { limitWrites } from "./limited-store.ts";

/**
 * Counts wrong tokens, so that guessing is limited. The counts are in memory, so each isolate of the worker counts only
 * the requests that it handles.
 */
const limitWrongTokens = createWrongTokenLimit(now);

/** The OAuth provider reads and writes through an {@link OAuthStore} that is made for this one request. */
export async function askProvider(
  provider: OAuthProvider<RequestBindings>,
  request: Request,
  tokenKeys: readonly SealingKey[],
  env: Bindings,
  context: ExecutionContext,
): Promise<Response> {
  const isForToken = new URL(request.url).pathname === "/oauth/token";
  const wrongTokens = limitWrongTokens(request, env, context);
  const store = createOAuthStore<RemoteSession>({
    kv: env.OAUTH_KV,
    tokenKeys,
    open: (accountId, first) => env.RING_AGENT.getByName(accountId).open(first),
    presented: isForToken ? await readPresented(request.clone(), tokenKeys) : null,
    browserAccount: () => accountOfBrowser(request, tokenKeys),
    ...wrongTokens,
  });
  const limited = limitWrites(store.kv, env, request);
  try {
    return await provider.fetch(request, { ...env, OAUTH_KV: limited, OAUTH_STORE: store }, context);
  } finally {
    context.waitUntil(inBackground(() => store.close()));
  }
}
