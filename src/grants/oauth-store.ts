import { now } from "../clock.ts";

/** Workers KV throws at a longer key, even where it is only asked whether it holds one. */
const longestKeyBytes = 512;
/** Workers KV refuses to keep anything for a shorter time. */
const shortestSeconds = 60;

/**
 * The OAuth provider's store. A key too long to exist is one that does not exist: the provider makes keys of client ids and
 * tokens as clients send them, and a made-up one has to be unknown, not a fault of ours. An end that the provider gives as
 * a time is handed to Workers KV as a duration, so that its clock and ours need not agree.
 */
export function createOAuthStore(store: KVNamespace): KVNamespace {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name === "put") {
        return (key: unknown, value: unknown, options?: KVNamespacePutOptions) =>
          Reflect.apply(member, target, [key, value, withDuration(options)]);
      }
      if (name !== "get" && name !== "delete") return member.bind(target);
      return async (key: unknown, ...rest: unknown[]) => {
        const known = typeof key !== "string" || new TextEncoder().encode(key).byteLength <= longestKeyBytes;
        return known ? Reflect.apply(member, target, [key, ...rest]) : null;
      };
    },
  });
}

function withDuration(options?: KVNamespacePutOptions): KVNamespacePutOptions | undefined {
  if (options?.expiration === undefined) return options;
  const { expiration, ...rest } = options;
  return { ...rest, expirationTtl: Math.max(shortestSeconds, expiration - Math.floor(now() / 1_000)) };
}
