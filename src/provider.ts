import { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { documentUnreadable } from "./auth/client-document.ts";
import { forwardToAgent } from "./auth/forward-to-agent.ts";
import { answerOAuthError } from "./auth/oauth-endpoints.ts";
import { findRegistrationRefusal } from "./auth/registration-limits.ts";
import { resolveAccessToken } from "./auth/resolve-access-token.ts";
import type { RequestBindings, RouterBindings } from "./bindings.ts";
import type { Settings } from "./config.ts";
import { scopeNames } from "./oura/scopes.ts";
import { createRouter } from "./router.tsx";
import { refuseMethod } from "./web/mcp-address.ts";

const day = 86_400;
/**
 * A day, because every refresh costs two KV writes. A long lifetime is safe: every call checks what the token may read.
 */
const accessTokenSeconds = day;
/** A grant expires when its assistant does not use it for half a year. */
const grantSeconds = 180 * day;

/** The OAuth 2.1 server for assistants. It protects the MCP endpoint and passes all other requests to the pages. */
export function createProvider(settings: Settings & { kind: "ready" }, origin: string): OAuthProvider<RequestBindings> {
  const router = createRouter(settings, origin);
  return new OAuthProvider<RequestBindings>({
    apiRoute: "/mcp",
    apiHandler: {
      fetch: (request, env, context) =>
        refuseMethod(request) ?? forwardToAgent(request, env, context, settings.config.tokenKeys, origin),
    },
    defaultHandler: {
      // The provider adds its helpers to the bindings before it calls this.
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
    allowPrivateUseRedirectUris: true, // those of known apps: src/auth/redirect-target.ts
    clientIdMetadataDocumentEnabled: settings.config.clientDocuments,
    clientRegistrationCallback({ clientMetadata }) {
      const description = findRegistrationRefusal(clientMetadata);
      return description === null ? undefined : { description };
    },
    onError({ code, status, internal }) {
      const { category, reason } = internal;
      console.warn(JSON.stringify({ event: "oauth_error", code, status, category, reason }));
      // As "invalid_client" it would make some clients throw their sign-in away.
      return category === "client-id-metadata-document"
        ? answerOAuthError(503, "temporarily_unavailable", documentUnreadable, { "retry-after": "60" })
        : undefined;
    },
  });
}
