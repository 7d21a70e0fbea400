/**
 * The simulator's state. `take` and `update` are atomic: no other call sees the key between their read and their write.
 * So a code or a refresh token is single-use even with parallel requests.
 */
export interface SimulatorStore {
  get<T>(key: string): Promise<T | undefined>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  /** Entries whose key starts with `prefix`, in key order. */
  list<T>(prefix: string): Promise<Map<string, T>>;
  take<T>(key: string): Promise<T | undefined>;
  /** Replaces the value by the result of `change` in one step, and returns it. */
  update<T>(key: string, change: (current: T | undefined) => T): Promise<T>;
}

export interface SynchronousStore {
  get<T>(key: string): T | undefined;
  put(key: string, value: unknown): void;
  delete(key: string): unknown;
  list<T>(options: { prefix: string }): Iterable<[string, T]>;
}

export function createStore(backing: SynchronousStore): SimulatorStore {
  return {
    get: async (key) => backing.get(key),
    put: async (key, value) => backing.put(key, value),
    delete: async (key) => {
      backing.delete(key);
    },
    list: async (prefix) => new Map(backing.list({ prefix })),
    take: async <T>(key: string) => {
      const value = backing.get<T>(key);
      backing.delete(key);
      return value;
    },
    update: async <T>(key: string, change: (current: T | undefined) => T) => {
      const value = change(backing.get<T>(key));
      backing.put(key, value);
      return value;
    },
  };
}

/** A store in memory. Values are copied in and out, as with a database. */
export function createMemoryStore(): SimulatorStore {
  const values = new Map<string, unknown>();
  return createStore({
    // The caller states the type of the value it stored under this key; the map holds mixed types.
    get: <T>(key: string) => structuredClone(values.get(key)) as T | undefined,
    put: (key, value) => values.set(key, structuredClone(value)),
    delete: (key) => values.delete(key),
    list: <T>({ prefix }: { prefix: string }) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        // As in `get`.
        .map(([key, value]): [string, T] => [key, structuredClone(value) as T]),
  });
}
