import { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { documentUnreadable } from "./auth/client-document.ts";
import { forwardToAgent } from "./auth/forward-to-agent.ts";
import { answerOAuthError } from "./auth/oauth-endpoints.ts";
import { findRegistrationRefusal } from "./auth/registration-limits.ts";
import { resolveAccessToken } from "./auth/resolve-access-token.ts";
import type { RequestBindings, RouterBindings } from "./bindings.ts";
import type { Settings } from "./config.ts";
import { scopeNames } from "./oura/scopes.ts";
import type { createRouter } from "./router.tsx";
import { refuseMethod } from "./web/mcp-address.ts";

const day = 86_400;
/**
 * The lifetime of an assistant's access token is one day. With a shorter lifetime, tokens would be refreshed more
 * often, and every refresh writes a grant and a token to storage. A whole day is safe, because a token alone does not
 * decide what the assistant may read. Every call looks this up in the account's current record of the assistant.
 */
const accessTokenSeconds = day;
/** A grant (an assistant's stored permission) expires when its assistant does not use it for 180 days. */
const grantSeconds = 180 * day;

/**
 * Creates the OAuth 2.1 server with which assistants sign in. It protects the MCP endpoint with tokens and passes all
 * other requests to the pages.
 * @param router The pages
 */
export function createProvider(
  settings: Settings & { kind: "ready" },
  origin: string,
  router: ReturnType<typeof createRouter>,
): OAuthProvider<RequestBindings> {
  return new OAuthProvider<RequestBindings>({
    apiRoute: "/mcp",
    apiHandler: {
      fetch: (request, env, context) =>
        refuseMethod(request) ?? forwardToAgent(request, env, context, settings.config.tokenKeys, origin),
    },
    defaultHandler: {
      // The cast is safe: the provider adds its helpers to the bindings before it calls this handler.
      fetch: (request, env, context) => router.fetch(request, env as RouterBindings, context),
    },
    authorizeEndpoint: `${origin}/authorize`,
    tokenEndpoint: `${origin}/oauth/token`,
    clientRegistrationEndpoint: `${origin}/oauth/register`,
    scopesSupported: [...scopeNames, "offline_access"],
    resourceMetadata: {
      resource: `${origin}/mcp`,
      authorization_servers: [origin],
      resource_name: settings.site.serviceName,
    },
    accessTokenTTL: accessTokenSeconds,
    refreshTokenTTL: grantSeconds,
    refreshTokenIdleTTL: grantSeconds,
    resolveExternalToken: ({ token, env }) =>
      resolveAccessToken(token, { store: env.OAUTH_STORE, tokenKeys: settings.config.tokenKeys, origin }),
    allowPrivateUseRedirectUris: true, // other code (src/auth/redirect-target.ts) accepts only the schemes of known apps
    clientIdMetadataDocumentEnabled: settings.config.clientDocuments,
    clientRegistrationCallback({ clientMetadata }) {
      const description = findRegistrationRefusal(clientMetadata);
      return description === null ? undefined : { description };
    },
    onError({ code, status, internal }) {
      const { category, reason } = internal;
      console.warn(JSON.stringify({ event: "oauth_error", code, status, category, reason }));
      // If a client's metadata document cannot be read, the client is told that the problem is temporary. The library's
      // own answer would be `invalid_client`, after which some clients delete their tokens.
      return category === "client-id-metadata-document"
        ? answerOAuthError(503, "temporarily_unavailable", documentUnreadable, { "retry-after": "60" })
        : undefined;
    },
  });
}
