import { now } from "../clock.ts";

/** Workers KV throws for a longer key, even on a read. */
const longestKeyBytes = 512;
/** The shortest lifetime that Workers KV accepts. */
const shortestSeconds = 60;

/**
 * The OAuth provider's store. The provider builds keys from client ids and tokens as clients send them, so a key may be
 * too long for Workers KV. Such a key is answered as not found instead of throwing. An expiry time is passed to Workers
 * KV as a duration, so that its clock and ours need not agree.
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
