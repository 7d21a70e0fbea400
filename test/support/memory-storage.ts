/** An agent's key-value store in memory. It copies values, as a disk does. */
export function createMemoryStorage(): { values: Map<string, unknown>; storage: SyncKvStorage } {
  const values = new Map<string, unknown>();
  const storage: SyncKvStorage = {
    get: <T>(key: string) => structuredClone(values.get(key)) as T | undefined, // the caller states the type it stored
    put: (key, value) => void values.set(key, structuredClone(value)),
    delete: (key) => values.delete(key),
    list: <T>({ prefix = "" }: SyncKvListOptions = {}) =>
      [...values].flatMap(
        ([key, value]): [string, T][] => (key.startsWith(prefix) ? [[key, structuredClone(value) as T]] : []), // as for get
      ),
  };
  return { values, storage };
}
