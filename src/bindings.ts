import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { RingAgent } from "./agent/ring-agent.ts";
import type { Registry } from "./registry/registry.ts";

/** What the platform binds (wrangler.toml). Settings share the object but are read by config.ts alone. */
export interface Bindings {
  OAUTH_KV: KVNamespace;
  RING_AGENT: DurableObjectNamespace<RingAgent>;
  REGISTRY: DurableObjectNamespace<Registry>;
  LIMIT_REGISTRATION: RateLimit;
  LIMIT_SIGN_IN: RateLimit;
  LIMIT_CLIENT_REGISTRATION: RateLimit;
  LIMIT_AUTHORIZE: RateLimit;
  LIMIT_TOOLS: RateLimit;
}

/** Inside the default handler the OAuth provider adds its helpers. */
export interface RouterBindings extends Bindings {
  OAUTH_PROVIDER: OAuthHelpers;
}
