import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { clientsNamedIn, isPublicClient } from "./auth/client-document.ts";
import { type Bindings, missingBindings, type RouterBindings } from "./bindings.ts";
import { readSettings, type Settings } from "./config.ts";
import { describeFailure } from "./errors.ts";
import { createOAuthStore } from "./grants/oauth-store.ts";
import { answerForeignHost } from "./host.ts";
import { logFailure } from "./outcome.ts";
import { createProvider } from "./provider.ts";
import { createRouter } from "./router.tsx";
import { answerTooLarge, boundBody } from "./web/body-limit.ts";
import { countRefusal, isWithinLimit } from "./web/limits.ts";

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

  /** A malformed setting gets one log line for each isolate, with its name and without its value. */
  function readAndReport(env: Bindings): Settings {
    const settings = withBindings(read(env), missingBindings(env));
    settingsOf.set(env, settings);
    const names = [...(settings.kind === "incomplete" ? settings.missing : []), ...settings.site.malformed];
    if (names.length > 0) console.warn(JSON.stringify({ event: "malformed_settings", names }));
    return settings;
  }

  async function answer(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const settings = settingsOf.get(env) ?? readAndReport(env);
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
    return provider.fetch(bounded, { ...env, OAUTH_KV: createOAuthStore(env.OAUTH_KV) }, context);
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

/** A missing binding is reported as a missing setting is. */
function withBindings(settings: Settings, absent: readonly string[]): Settings {
  if (absent.length === 0) return settings;
  const missing = settings.kind === "incomplete" ? settings.missing : [];
  return { kind: "incomplete", missing: [...missing, ...absent], site: settings.site };
}

/** Default to no-store: answers may hold personal data or tokens. */
function withNoStore(response: Response): Response {
  const said = response.headers.get("cache-control");
  if (said !== null && /no-store|public/.test(said)) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("cache-control", said === null ? "no-store" : `no-store, ${said}`);
  return answer;
}
