/** What a stretch of work asked of storage, as the platform bills it. */
export interface StorageCounts {
  kvReads: number;
  kvWrites: number;
  rowsRead: number;
  rowsWritten: number;
  /** Written later and once for all calls of half a minute: who read what and when. */
  rowsWrittenInBatches: number;
}

const nothing: StorageCounts = { kvReads: 0, kvWrites: 0, rowsRead: 0, rowsWritten: 0, rowsWrittenInBatches: 0 };
const counts = { ...nothing };
/** Statements of the registry; a cursor knows its rows once it has been read to the end. */
let cursors: { rowsRead: number; rowsWritten: number }[] = [];
const patched = new WeakSet<object>();

/** Everything since the last time. */
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

/** Counts what `work` writes as a batch. */
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

/** A key read, written or deleted is a row; an alarm set is a row written. */
export function countObjectStorage(storage: DurableObjectStorage): void {
  watch(storage.kv, {
    get: () => (counts.rowsRead += 1),
    list: () => (counts.rowsRead += 1),
    put: () => (counts.rowsWritten += 1),
    delete: () => (counts.rowsWritten += 1),
  });
  watch(storage, { setAlarm: () => (counts.rowsWritten += 1) });
  watch(storage.sql, { exec: (cursor) => cursors.push(cursor as SqlStorageCursor<never>) }); // what exec returns
}

/** Calls back after each call of a method, for every object of the same platform class. */
function watch(instance: object, watchers: Record<string, (result: unknown) => void>): void {
  const prototype: object = Object.getPrototypeOf(instance);
  if (patched.has(prototype)) return;
  patched.add(prototype);
  for (const [name, notice] of Object.entries(watchers)) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== "function") throw new Error(`storage has no ${name} to count`);
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: object, ...parameters: unknown[]) {
        const result: unknown = Reflect.apply(original, this, parameters);
        notice(result);
        return result;
      },
    });
  }
}
