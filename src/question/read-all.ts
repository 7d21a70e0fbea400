import { AppError, type Failure, orAppError } from "../errors.ts";
import { limitReader } from "../oura/limit-reader.ts";
import type { OuraReader } from "../oura/reader.ts";
import { type Access, findRefusal } from "./access.ts";
import type { LostRead } from "./missing-entries.ts";
import type { Declared, Find, Read, ReadDays } from "./reads.ts";

/** The result of all requests for a question's data. `find` returns the data that a request loaded. */
export interface ReadOutcome {
  find: Find;
  /**
   * The requests that returned no data. Requests for which permission was missing come first, then requests that
   * failed. Each of the two groups is in the order of the tool's declarations.
   */
  lost: readonly (LostRead & { isRefusal: boolean })[];
}

/**
 * Loads all data of a question at the same time. A request for which permission is missing is not sent to Oura. Throws
 * a failure if no request of a declaration with the role `essential` returned data, because there is no answer without
 * this data.
 */
export async function readAll(
  declared: readonly Declared<unknown>[],
  days: ReadDays,
  { access, reader }: { access: Access; reader: OuraReader },
): Promise<ReadOutcome> {
  const reads = [...new Set(declared.flatMap((one) => one.reads))];
  const refused = new Map<Read, Failure>();
  for (const read of reads) {
    const refusal = findRefusal(access, read.route);
    if (refusal) refused.set(read, refusal);
  }
  requireEssential(declared, refused);
  const found = new Map<Read, { value: unknown }>();
  const failed = new Map<Read, Failure>();

  async function load(read: Read): Promise<void> {
    const loaded = await send(read, days, reader);
    if (loaded instanceof AppError) failed.set(read, loaded.failure);
    else found.set(read, { value: loaded });
  }

  await Promise.all(reads.filter((read) => !refused.has(read)).map(load));
  // This call throws the first failure in the map that belongs to essential data. Failed requests come before missing
  // permissions in the map, because a failed request explains more than a missing permission.
  requireEssential(declared, new Map([...failed, ...refused]));
  const inOrder = (failures: ReadonlyMap<Read, Failure>, isRefusal: boolean) =>
    reads.flatMap((read) => {
      const failure = failures.get(read);
      return failure ? [{ read, failure, isRefusal }] : [];
    });
  return {
    // The cast is safe, because the map `found` holds for each request only the data that this request loaded.
    find: <Value>(read: Read<Value>) => found.get(read) as { value: Value } | undefined,
    lost: [...inOrder(refused, true), ...inOrder(failed, false)],
  };
}

/** Sends one request. Call this function only if there is permission for the request's route. */
export function send<Value>(read: Read<Value>, days: ReadDays, reader: OuraReader): Promise<Value | AppError> {
  return orAppError(read.load(limitReader(reader, read.route), days));
}

function requireEssential(declared: readonly Declared<unknown>[], lost: ReadonlyMap<Read, Failure>): void {
  for (const { role, reads } of declared) {
    if (role !== "essential" || reads.length === 0 || !reads.every((read) => lost.has(read))) continue;
    const [failure] = [...lost].flatMap(([read, why]) => (reads.includes(read) ? [why] : []));
    if (failure) throw new AppError(failure);
  }
}
