import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { clientsNamedIn, isPublicClient } from "./auth/client-document.ts";
import type { Bindings, RouterBindings } from "./bindings.ts";
import { readSettings, type Settings } from "./config.ts";
import { describeFailure } from "./errors.ts";
import { createOAuthStore } from "./grants/oauth-store.ts";
import { answerForeignHost } from "./host.ts";
import { logFailure } from "./outcome.ts";
import { createProvider } from "./provider.ts";
import { createRouter } from "./router.tsx";
import { answerTooLarge, boundBody } from "./web/body-limit.ts";
import { countRefusal, isWithinLimit } from "./web/limits.ts";
import { answerBareOrigin, explainUnauthorized, isOpenedAsPage, withoutSlash } from "./web/mcp-address.ts";

/**
 * The worker's entry: host check, settings, size and rate limits, then the OAuth provider. An error that nothing below
 * catches is logged here and answered with a sentence and a reference.
 */
export function createWorker(read: (env: object) => Settings = readSettings): {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response>;
} {
  // One provider for each origin served; settings do not change while an isolate lives, so they are read once.
  const providers = new Map<string, OAuthProvider<Bindings>>();
  const settingsOf = new WeakMap<Bindings, Settings>();

  async function answer(given: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const request = withoutSlash(given);
    const settings = settingsOf.get(env) ?? read(env);
    settingsOf.set(env, settings);
    const foreign = answerForeignHost(request, settings.site);
    if (foreign) return foreign;
    const misplaced = answerBareOrigin(request);
    if (misplaced) return misplaced;
    const url = new URL(request.url);
    if (isOpenedAsPage(request)) {
      return createRouter(settings, url.origin).fetch(request, env as RouterBindings, context); // no helpers used there
    }
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
    const answered = await provider.fetch(bounded, { ...env, OAUTH_KV: createOAuthStore(env.OAUTH_KV) }, context);
    return explainUnauthorized(request, answered);
  }

  return {
    async fetch(request, env, context) {
      try {
        return withNoStore(await answer(request, env, context));
      } catch (error) {
        const { origin } = new URL(request.url);
        const text = describeFailure(logFailure(error), { home: `${origin}/`, panel: `${origin}/panel` });
        return withNoStore(
          new Response(text, { status: 500, headers: { "content-type": "text/plain; charset=utf-8" } }),
        );
      }
    },
  };
}

/** Default to no-store: answers may hold personal data or tokens. */
function withNoStore(response: Response): Response {
  const said = response.headers.get("cache-control");
  if (said !== null && /no-store|public/.test(said)) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("cache-control", said === null ? "no-store" : `no-store, ${said}`);
  return answer;
}
