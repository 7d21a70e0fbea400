import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { RemoteSession, RingAgent } from "./agent/ring-agent.ts";
import type { Settings } from "./config.ts";
import type { OAuthStore } from "./grants/oauth-store.ts";
import type { Registry } from "./registry/registry.ts";

/**
 * The worker's bindings (storage and rate limits), as wrangler.toml declares them. The `env` object of a request also
 * holds the settings, which only config.ts reads.
 */
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

/**
 * The bindings that belong to one request. `OAUTH_KV` is replaced by a wrapper that keeps each person's grants in that
 * person's own Durable Object. `OAUTH_STORE` is the object behind this wrapper.
 */
export interface RequestBindings extends Bindings {
  OAUTH_STORE: OAuthStore<RemoteSession>;
}

/**
 * The bindings that page handlers receive. The OAuth provider adds its helper functions to them as `OAUTH_PROVIDER`.
 */
export interface RouterBindings extends RequestBindings {
  OAUTH_PROVIDER: OAuthHelpers;
}

/**
 * Checks that the storage bindings exist. They are missing when the worker was deployed with another configuration than
 * wrangler.toml. A missing binding makes the settings `incomplete`, exactly as a missing setting does. An incomplete
 * server shows only its public pages.
 */
export function withBindings(settings: Settings, env: Partial<Record<keyof Bindings, unknown>>): Settings {
  const absent = (["OAUTH_KV", "RING_AGENT", "REGISTRY"] as const).filter((name) => env[name] === undefined);
  if (absent.length === 0) return settings;
  const missing = settings.kind === "incomplete" ? settings.missing : [];
  return { kind: "incomplete", missing: [...missing, ...absent], site: settings.site };
}
