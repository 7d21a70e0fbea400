/** Caches the newest `limit` results by key, so that the same day is not generated twice. */
export interface Memo<T> {
  recall(key: string | number, make: () => T): T;
}

/** The value, made when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function createMemo<T>(limit: number): Memo<T> {
  const entries = new Map<string | number, { value: T }>();
  return {
    recall(key, make) {
      const known = entries.get(key);
      if (known) return known.value;
      const value = make();
      if (entries.size >= limit) {
        // A map iterates in insertion order, so the first key is the oldest.
        for (const oldest of entries.keys()) {
          entries.delete(oldest);
          break;
        }
      }
      entries.set(key, { value });
      return value;
    },
  };
}
