import type { DayRange } from "../analytics/day.ts";
import { AppError } from "../errors.ts";

/**
 * A cache of Oura's responses, shared by the calls of one account. Responses are only in memory, never in storage.
 * Calls that need the same response at the same time share one request. A failed request is removed from the cache at
 * once.
 */
export interface AnswerCache {
  get<T>(key: string, load: () => Promise<T>): Promise<T>;
  /**
   * Like `get`, for a response about the days of `window`. A cached response for a longer range that includes these
   * days is used too.
   */
  getWindow<T>(key: string, window: DayRange, load: () => Promise<T>): Promise<T>;
  /**
   * Returns a value that is computed from cached responses, such as a tool's result. The value expires together with
   * the cached response that expires first, so no value is kept longer than its responses. If two calls compute the
   * same value at the same time, both computations run, but they share their requests to Oura.
   */
  getDerived<T>(key: string, make: () => Promise<T>): Promise<T>;
  /**
   * Removes expired responses and values from memory. The alarm of the Durable Object calls this method, so that
   * expired data does not stay in memory when no further request comes.
   */
  prune(): void;
  /** The milliseconds until the last cached response expires. Null when the cache is empty. */
  heldFor(): number | null;
  clear(): void;
}

interface Entry {
  key: string;
  window: DayRange | null;
  answer: Promise<unknown>;
  /** When the response expires, in epoch ms. Infinite while the request is in flight. */
  expiresAt: number;
}

/**
 * How many computed values are kept. The number is small because assistants repeat only recent questions, and one value
 * may take tens of kilobytes.
 */
const maximumDerived = 8;

/**
 * How many shared requests a call waits for before it fails. If a shared request fails, one of the waiting calls sends
 * a second request, and the others wait again.
 */
const maximumJoins = 2;

/**
 * @param holdMilliseconds How long a response is cached. With 0, no response is cached, and only calls that run at the
 *   same time share a response.
 */
export function createAnswerCache(now: () => number, holdMilliseconds: number): AnswerCache {
  let entries: Entry[] = [];
  let derived = new Map<string, { value: unknown; expiresAt: number }>();

  function prune(): void {
    entries = entries.filter((entry) => entry.expiresAt > now());
    for (const [key, { expiresAt }] of derived) if (expiresAt <= now()) derived.delete(key);
  }

  function earliestExpiry(): number {
    return Math.min(...entries.map((entry) => entry.expiresAt));
  }

  async function getDerived<T>(key: string, make: () => Promise<T>): Promise<T> {
    prune();
    const held = derived.get(key);
    if (held) return held.value as T; // all values under one key come from the same tool
    const derivedBefore = derived;
    const before = earliestExpiry(); // `make` may use a cached response that expires before `make` ends
    const value = await make();
    const expiresAt = Math.min(before, earliestExpiry());
    // The value is not kept if the cache was cleared in the meantime, or if the time of expiry is unknown or has
    // passed.
    if (derivedBefore !== derived || !Number.isFinite(expiresAt) || expiresAt <= now()) return value;
    derived.set(key, { value, expiresAt });
    for (const oldest of [...derived.keys()].slice(0, -maximumDerived)) derived.delete(oldest);
    return value;
  }

  /**
   * Finds a cached response that covers the range, or a request in flight for exactly this range. A request in flight
   * for a larger range is not used, because it may take longer than this call can wait.
   */
  function find(key: string, window: DayRange | null): Entry | undefined {
    prune();
    const ofKey = entries.filter((entry) => entry.key === key);
    const isFinished = (entry: Entry) => entry.expiresAt !== Number.POSITIVE_INFINITY;
    return ofKey.find((entry) => (isFinished(entry) ? covers(entry.window, window) : equals(entry.window, window)));
  }

  async function load<T>(key: string, window: DayRange | null, fetchAnswer: () => Promise<T>): Promise<T> {
    let failure: unknown;
    for (let round = 0; round < maximumJoins; round += 1) {
      const found = find(key, window);
      if (!found) return start(key, window, fetchAnswer);
      try {
        return (await found.answer) as T; // all responses under one key come from the same route
      } catch (error) {
        failure = error;
      }
    }
    // The request of another tool call failed because that call had no time or no requests left. This call may still
    // have both, so it sends its own request.
    if (failure instanceof AppError && isOfOneCall(failure)) return start(key, window, fetchAnswer);
    throw failure;
  }

  async function start<T>(key: string, window: DayRange | null, fetchAnswer: () => Promise<T>): Promise<T> {
    const entry: Entry = { key, window, answer: fetchAnswer(), expiresAt: Number.POSITIVE_INFINITY };
    entries.push(entry);
    try {
      return (await entry.answer) as T; // all responses under one key come from the same route
    } catch (error) {
      entries = entries.filter((other) => other !== entry);
      throw error;
    } finally {
      entry.expiresAt = now() + holdMilliseconds;
    }
  }

  return {
    get: (key, fetchAnswer) => load(key, null, fetchAnswer),
    getWindow: (key, window, fetchAnswer) => load(key, window, fetchAnswer),
    getDerived,
    prune,
    heldFor() {
      if (entries.length === 0) return null;
      // A request in flight has no time of expiry yet. Its response will be cached for `holdMilliseconds`.
      return Math.max(...entries.map(({ expiresAt }) => Math.min(expiresAt - now(), holdMilliseconds)));
    },
    clear() {
      entries = [];
      derived = new Map();
    },
  };
}

function isOfOneCall({ failure }: AppError): boolean {
  return failure.kind === "call_budget_spent" || failure.kind === "oura_timeout";
}

function equals(held: DayRange | null, asked: DayRange | null): boolean {
  return held?.start === asked?.start && held?.end === asked?.end;
}

function covers(held: DayRange | null, asked: DayRange | null): boolean {
  if (held === null || asked === null) return held === asked;
  return held.start <= asked.start && held.end >= asked.end;
}
