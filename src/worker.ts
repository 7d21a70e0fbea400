import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import type { RemoteSession } from "./agent/ring-agent.ts";
import { clientsNamedIn, isPublicClient } from "./auth/client-document.ts";
import type { Bindings, RequestBindings, RouterBindings } from "./bindings.ts";
import { now } from "./clock.ts";
import { readSettings, type Settings } from "./config.ts";
import { describeFailure, type Failure } from "./errors.ts";
import { createOAuthStore, readPresented } from "./grants/oauth-store.ts";
import { answerForeignHost } from "./host.ts";
import { logFailure } from "./outcome.ts";
import { createProvider } from "./provider.ts";
import { createRouter } from "./router.tsx";
import { answerTooLarge, boundBody } from "./web/body-limit.ts";
import { accountOfBrowser } from "./web/cookies.ts";
import { statusOf } from "./web/failure-page.tsx";
import { countRefusal, isWithinLimit } from "./web/limits.ts";
import { createWrongTokenLimit } from "./web/wrong-tokens.ts";

/** One for each isolate. */
const limitWrongTokens = createWrongTokenLimit(now);

/**
 * The worker's entry: host check, settings, size and rate limits, then the OAuth provider. An error that nothing below
 * catches is logged here and answered with a sentence and a reference.
 */
export function createWorker(read: (env: object) => Settings = readSettings): {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response>;
} {
  // One provider for each origin served; settings do not change while an isolate lives, so they are read once.
  const providers = new Map<string, OAuthProvider<RequestBindings>>();
  const settingsOf = new WeakMap<Bindings, Settings>();

  async function answer(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const settings = settingsOf.get(env) ?? read(env);
    settingsOf.set(env, settings);
    const foreign = answerForeignHost(request, settings.site);
    if (foreign) return foreign;
    const url = new URL(request.url);
    if (settings.kind === "incomplete") {
      return createRouter(settings, url.origin).fetch(request, env as RouterBindings, context); // no route uses helpers
    }
    if (url.pathname === "/oauth/register") {
      if (!(await isWithinLimit(env.LIMIT_CLIENT_REGISTRATION, request))) {
        countRefusal(env, context);
        return Response.json({ error: "temporarily_unavailable" }, { status: 429, headers: { "retry-after": "60" } });
      }
    }
    const bounded = await boundBody(request);
    if (bounded === null) return answerTooLarge();
    if (url.pathname === "/oauth/token" && !(await clientsNamedIn(bounded.clone())).every(isPublicClient)) {
      return Response.json({ error: "invalid_client" }, { status: 401 });
    }
    const provider = providers.get(url.origin) ?? createProvider(settings, url.origin);
    providers.set(url.origin, provider);
    const { tokenKeys } = settings.config;
    const wrongTokens = limitWrongTokens(bounded, env, context);
    const store = createOAuthStore<RemoteSession>({
      kv: env.OAUTH_KV,
      tokenKeys,
      open: (accountId, first) => env.RING_AGENT.getByName(accountId).open(first),
      presented: url.pathname === "/oauth/token" ? await readPresented(bounded.clone(), tokenKeys) : null,
      browserAccount: () => accountOfBrowser(bounded, tokenKeys),
      ...wrongTokens,
    });
    try {
      return await provider.fetch(bounded, { ...env, OAUTH_KV: store.kv, OAUTH_STORE: store }, context);
    } finally {
      context.waitUntil(store.close());
    }
  }

  return {
    async fetch(request, env, context) {
      try {
        return withNoStore(await answer(request, env, context));
      } catch (error) {
        return withNoStore(answerFailure(request, logFailure(error)));
      }
    },
  };
}

/** A failure that nothing below caught: an OAuth error for programs that ask for tokens, otherwise a sentence. */
function answerFailure(request: Request, failure: Failure): Response {
  const { origin, pathname } = new URL(request.url);
  const status = statusOf(failure);
  const text = describeFailure(failure, { home: `${origin}/`, panel: `${origin}/panel` });
  const headers = new Headers(status === 429 || status === 503 ? { "retry-after": "60" } : {});
  if (pathname.startsWith("/oauth/") && status !== 500) {
    return Response.json({ error: "temporarily_unavailable", error_description: text }, { status, headers });
  }
  headers.set("content-type", "text/plain; charset=utf-8");
  return new Response(text, { status, headers });
}

/** Default to no-store: answers may hold personal data or tokens. */
function withNoStore(response: Response): Response {
  const said = response.headers.get("cache-control");
  if (said !== null && /no-store|public/.test(said)) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("cache-control", said === null ? "no-store" : `no-store, ${said}`);
  return answer;
}
