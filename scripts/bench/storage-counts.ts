/** Storage operations during a measurement, as the platform bills them. */
export interface StorageCounts {
  kvReads: number;
  kvWrites: number;
  rowsRead: number;
  rowsWritten: number;
  /** Rows of the activity list, which are written once for all calls within two seconds. */
  rowsWrittenInBatches: number;
  /** Each alarm that is set is billed as a row written. */
  alarmsSet: number;
}

const nothing: StorageCounts = {
  kvReads: 0,
  kvWrites: 0,
  rowsRead: 0,
  rowsWritten: 0,
  rowsWrittenInBatches: 0,
  alarmsSet: 0,
};
const counts = { ...nothing };
/** SQL statements of the registry. A cursor knows its row counts only after it has been read completely. */
let cursors: { rowsRead: number; rowsWritten: number }[] = [];
const patched = new WeakSet<object>();

export function takeStorageCounts(): StorageCounts {
  for (const { rowsRead, rowsWritten } of cursors) {
    counts.rowsRead += rowsRead;
    counts.rowsWritten += rowsWritten;
  }
  cursors = [];
  const taken = { ...counts };
  Object.assign(counts, nothing);
  return taken;
}

export function countAsBatch(work: () => void): void {
  const before = counts.rowsWritten;
  work();
  counts.rowsWrittenInBatches += counts.rowsWritten - before;
  counts.rowsWritten = before;
}

export function countKv(namespace: KVNamespace): void {
  watch(namespace, {
    get: () => (counts.kvReads += 1),
    getWithMetadata: () => (counts.kvReads += 1),
    list: () => (counts.kvReads += 1),
    put: () => (counts.kvWrites += 1),
    delete: () => (counts.kvWrites += 1),
  });
}

/** Each key read, written or deleted counts as one row. */
export function countObjectStorage(storage: DurableObjectStorage): void {
  watch(storage.kv, {
    get: () => (counts.rowsRead += 1),
    list: () => (counts.rowsRead += 1),
    put: () => (counts.rowsWritten += 1),
    delete: () => (counts.rowsWritten += 1),
  });
  watch(storage, { setAlarm: () => (counts.alarmsSet += 1) });
  watch(storage.sql, {
    exec(cursor, query) {
      // Miniflare notes the name of each object in a table of its own, which Cloudflare does not have.
      if (!String(query).includes("__miniflare_")) cursors.push(cursor as SqlStorageCursor<never>); // `exec` returns it
    },
  });
}

/**
 * Patches the platform class of `instance`: calls each watcher after its method was called on any object of the class.
 */
function watch(instance: object, watchers: Record<string, (result: unknown, ...parameters: unknown[]) => void>): void {
  const prototype: object = Object.getPrototypeOf(instance);
  if (patched.has(prototype)) return;
  patched.add(prototype);
  for (const [name, notice] of Object.entries(watchers)) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new Error(`storage has no method ${name}`);
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: object, ...parameters: unknown[]) {
        const result: unknown = Reflect.apply(original, this, parameters);
        notice(result, ...parameters);
        return result;
      },
    });
  }
}
