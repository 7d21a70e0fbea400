/** Workers KV throws at a longer key, even where it is only asked whether it holds one. */
const longestKeyBytes = 512;

/**
 * The OAuth provider's store, where a key too long to exist is one that does not exist. The provider makes keys of client
 * ids and tokens as clients send them, and a made-up one has to be unknown, not a fault of ours.
 */
export function withoutLongKeys(store: KVNamespace): KVNamespace {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name !== "get" && name !== "delete") return member.bind(target);
      return async (key: unknown, ...rest: unknown[]) => {
        const known = typeof key !== "string" || new TextEncoder().encode(key).byteLength <= longestKeyBytes;
        return known ? Reflect.apply(member, target, [key, ...rest]) : null;
      };
    },
  });
}
