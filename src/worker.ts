import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { answerFailure } from "./auth/answer-failure.ts";
import { askProvider } from "./auth/ask-provider.ts";
import { guardLibrary } from "./auth/guarded-fetch.ts";
import { limitOAuthRequest, readOAuthRequest } from "./auth/oauth-endpoints.ts";
import { serverMetadataPath, withoutDocumentOffer } from "./auth/server-metadata.ts";
import { type Bindings, type RequestBindings, type RouterBindings, withBindings } from "./bindings.ts";
import { readSettings, type Settings } from "./config.ts";
import { answerForeignHost } from "./host.ts";
import { logFailure, readAgain } from "./outcome.ts";
import { createProvider } from "./provider.ts";
import { createRouter } from "./router.tsx";
import { answerTooLarge, boundBody } from "./web/body-limit.ts";
import { answerBareOrigin, explainUnauthorized, isOpenedAsPage, mcpPath, withoutSlash } from "./web/mcp-address.ts";
import { withNoStore } from "./web/no-store.ts";

/** Starts the worker. The entry module must call it only once in each isolate, because it replaces global functions. */
export function startWorker(): ReturnType<typeof createWorker> {
  guardLibrary();
  return createWorker();
}

/**
 * Handles every request: it checks the host name, reads the settings, checks size and rate limits, and then calls the
 * OAuth provider. An error that no other code catches is logged here. The client then gets a sentence with a reference
 * that it can quote to the operator.
 */
export function createWorker(read: (env: object) => Settings = readSettings): {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response>;
} {
  // The worker keeps the pages and one OAuth provider for each origin. Settings cannot change while an isolate lives, so
  // they are read once.
  const pages = new Map<string, ReturnType<typeof createRouter>>();
  const providers = new Map<string, OAuthProvider<RequestBindings>>();
  const settingsOf = new WeakMap<Bindings, Settings>();

  /**
   * Reads the settings and logs the names of missing or malformed ones, once in each isolate. The log holds no values,
   * because a value may be a secret.
   */
  function readAndReport(env: Bindings): Settings {
    const settings = withBindings(read(env), env);
    settingsOf.set(env, settings);
    const names = [...(settings.kind === "incomplete" ? settings.missing : []), ...settings.site.malformed];
    if (names.length > 0) console.warn(JSON.stringify({ event: "malformed_settings", names }));
    return settings;
  }

  function pagesOf(settings: Settings, origin: string): ReturnType<typeof createRouter> {
    const router = pages.get(origin) ?? createRouter(settings, origin);
    pages.set(origin, router);
    return router;
  }

  async function answer(given: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const request = withoutSlash(given);
    const settings = settingsOf.get(env) ?? readAndReport(env);
    const misplaced = answerForeignHost(request, settings.site) ?? answerBareOrigin(request);
    if (misplaced) return misplaced;
    if (isOpenedAsPage(request) || settings.kind === "incomplete") {
      // The cast adds the helpers of the OAuth provider to the type of `env`, although `env` does not contain them. The
      // cast is safe, because neither the page at /mcp nor a server with incomplete settings uses them.
      return pagesOf(settings, new URL(request.url).origin).fetch(request, env as RouterBindings, context);
    }
    return answerThroughProvider(request, settings, env, context);
  }

  /**
   * Checks the rate, the size and the form of a request, then calls the OAuth provider. The provider passes requests
   * for pages on to the router.
   */
  async function answerThroughProvider(
    request: Request,
    settings: Settings & { kind: "ready" },
    env: Bindings,
    context: ExecutionContext,
  ): Promise<Response> {
    const url = new URL(request.url);
    await limitOAuthRequest(request, env, context);
    const bounded = await boundBody(request);
    if (bounded === null) return answerTooLarge();
    const checked = await readOAuthRequest(bounded, settings.config.clientDocuments);
    if (checked instanceof Response) return checked;
    const provider = providers.get(url.origin) ?? createProvider(settings, url.origin, pagesOf(settings, url.origin));
    providers.set(url.origin, provider);
    const ask = (sent: Request) => askProvider(provider, sent, settings.config.tokenKeys, env, context);
    if (url.pathname === serverMetadataPath) return withoutDocumentOffer(await ask(checked), url.origin);
    if (url.pathname !== mcpPath) return ask(checked);
    // A deployment can reset the Durable Object while it handles an MCP request. The request is then sent to the object
    // a second time, so the body of the request must be kept. Sending the request twice is safe, because MCP requests
    // only read data.
    const body = checked.body === null ? null : await checked.arrayBuffer();
    return explainUnauthorized(request, await readAgain(() => ask(new Request(checked, { body }))));
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
