import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { RemoteSession, RingAgent } from "./agent/ring-agent.ts";
import type { Settings } from "./config.ts";
import type { OAuthStore } from "./grants/oauth-store.ts";
import type { Registry } from "./registry/registry.ts";

/** The bindings in wrangler.toml. Settings are in the same object; only config.ts reads them. */
export interface Bindings {
  OAUTH_KV: KVNamespace;
  RING_AGENT: DurableObjectNamespace<RingAgent>;
  REGISTRY: DurableObjectNamespace<Registry>;
  LIMIT_REGISTRATION: RateLimit;
  LIMIT_SIGN_IN: RateLimit;
  LIMIT_CLIENT_REGISTRATION: RateLimit;
  LIMIT_AUTHORIZE: RateLimit;
  LIMIT_TOOLS: RateLimit;
  LIMIT_PAGES: RateLimit;
  LIMIT_TOKEN: RateLimit;
  LIMIT_GRANT: RateLimit;
  LIMIT_ACCOUNT: RateLimit;
  LIMIT_NETWORK: RateLimit;
  LIMIT_WRONG_TOKENS: RateLimit;
}

/** The bindings as one request sees them: `OAUTH_KV` is the request's view of the OAuth store. */
export interface RequestBindings extends Bindings {
  OAUTH_STORE: OAuthStore<RemoteSession>;
}

/** The bindings with the OAuth provider's helpers, which it adds for its handlers. */
export interface RouterBindings extends RequestBindings {
  OAUTH_PROVIDER: OAuthHelpers;
}

/**
 * Settings without what this worker lacks because its deployment used another configuration: a missing binding for storage
 * is reported as a missing setting is. Without them nothing but the public pages works.
 */
export function withBindings(settings: Settings, env: Partial<Record<keyof Bindings, unknown>>): Settings {
  const absent = (["OAUTH_KV", "RING_AGENT", "REGISTRY"] as const).filter((name) => env[name] === undefined);
  if (absent.length === 0) return settings;
  const missing = settings.kind === "incomplete" ? settings.missing : [];
  return { kind: "incomplete", missing: [...missing, ...absent], site: settings.site };
}
