import { answerFailure } from "./auth/answer-failure.ts";
import { answerThroughProvider } from "./auth/answer-through-provider.ts";
import { guardLibrary } from "./auth/guarded-fetch.ts";
import { type Bindings, keepSettings, type RouterBindings } from "./bindings.ts";
import { readSettings, type Settings } from "./config.ts";
import { answerForeignHost } from "./host.ts";
import { logFailure } from "./outcome.ts";
import { createProvider } from "./provider.ts";
import { createRouter } from "./router.tsx";
import { answerBareOrigin, isOpenedAsPage, withoutSlash } from "./web/mcp-address.ts";
import { withNoStore } from "./web/no-store.ts";
import { keepPerOrigin } from "./web/per-origin.ts";

/** Starts the worker. The entry module must call it only once in each isolate, because it replaces global functions. */
export function startWorker(): ReturnType<typeof createWorker> {
  guardLibrary();
  return createWorker();
}

/**
 * Handles every request. An error that no other code catches is logged here. The client then gets a sentence with a
 * reference that it can quote to the operator.
 */
export function createWorker(read: (env: object) => Settings = readSettings): {
  fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response>;
} {
  const settingsOf = keepSettings(read);
  const pagesOf = keepPerOrigin(createRouter);
  const providerOf = keepPerOrigin((settings: Settings & { kind: "ready" }, origin) =>
    createProvider(settings, origin, pagesOf(settings, origin)),
  );

  async function answer(given: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const request = withoutSlash(given);
    const { origin } = new URL(request.url);
    const settings = settingsOf(env);
    const misplaced = answerForeignHost(request, settings.site) ?? answerBareOrigin(request);
    if (misplaced) return misplaced;
    if (settings.kind === "incomplete" || isOpenedAsPage(request)) {
      // Here `env` lacks the fields that the OAuth provider adds. The cast is safe all the same, because these fields
      // are not used when the settings are incomplete or when a person opens /mcp as a page.
      return pagesOf(settings, origin).fetch(request, env as RouterBindings, context);
    }
    return answerThroughProvider(request, providerOf(settings, origin), settings.config, env, context);
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
