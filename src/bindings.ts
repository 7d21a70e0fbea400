import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import type { RemoteSession } from "./agent/access.ts";
import type { RingAgent } from "./agent/ring-agent.ts";
import type { Settings } from "./config.ts";
import type { OAuthStore } from "./grants/oauth-store.ts";
import type { Registry } from "./registry/registry.ts";

/**
 * wrangler.toml declares this storage and these rate limits. The `env` object of a request also contains the settings,
 * which only config.ts reads.
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
 * The bindings that belong to one request. `OAUTH_STORE` is made for each request and keeps each person's grants in
 * that person's own Durable Object. `OAUTH_KV` is not the KV namespace itself but the part of `OAUTH_STORE` that the
 * OAuth provider uses in its place.
 */
export interface RequestBindings extends Bindings {
  OAUTH_STORE: OAuthStore<RemoteSession>;
}

/** The OAuth provider adds its helper functions to the bindings that page handlers receive. */
export interface RouterBindings extends RequestBindings {
  OAUTH_PROVIDER: OAuthHelpers;
}

/** The name of every binding. The compiler rejects this list if a binding of {@link Bindings} is not in it. */
export const bindingNames: Record<keyof Bindings, true> = {
  OAUTH_KV: true,
  RING_AGENT: true,
  REGISTRY: true,
  LIMIT_REGISTRATION: true,
  LIMIT_SIGN_IN: true,
  LIMIT_CLIENT_REGISTRATION: true,
  LIMIT_AUTHORIZE: true,
  LIMIT_TOOLS: true,
  LIMIT_PAGES: true,
  LIMIT_TOKEN: true,
  LIMIT_GRANT: true,
  LIMIT_ACCOUNT: true,
  LIMIT_NETWORK: true,
  LIMIT_WRONG_TOKENS: true,
};

/**
 * Checks that all bindings exist. They are missing when the worker was deployed with another configuration than
 * wrangler.toml. The settings then become `incomplete`, and the server shows only its public pages.
 */
function withBindings(settings: Settings, env: object): Settings {
  const absent = Object.keys(bindingNames).filter((name) => Reflect.get(env, name) === undefined);
  if (absent.length === 0) return settings;
  const missing = settings.kind === "incomplete" ? settings.missing : [];
  return { kind: "incomplete", missing: [...missing, ...absent], site: settings.site };
}

/**
 * Makes a function that reads the settings once for each `env`, because settings cannot change while an isolate lives.
 * It logs the names of missing and malformed settings. The log holds no values, because a value may be a secret.
 */
export function keepSettings(read: (env: object) => Settings): (env: Bindings) => Settings {
  const kept = new WeakMap<Bindings, Settings>();
  return (env) => {
    const known = kept.get(env);
    if (known) return known;
    const settings = withBindings(read(env), env);
    kept.set(env, settings);
    const names = [...(settings.kind === "incomplete" ? settings.missing : []), ...settings.site.malformed];
    if (names.length > 0) console.warn(JSON.stringify({ event: "malformed_settings", names }));
    return settings;
  };
}
