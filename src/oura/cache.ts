import type { DayRange } from "../analytics/day.ts";
import { AppError } from "../errors.ts";

/**
 * A cache of Oura's answers, in memory for a short time, shared by the calls of one account. It is never stored: it is
 * lost when the Durable Object is evicted. Equal requests in flight are joined; a failed request is removed at once.
 */
export interface AnswerCache {
  /** The answer for `key`: cached, in flight, or fetched by `load`. */
  get<T>(key: string, load: () => Promise<T>): Promise<T>;
  /** The same for a range of days. A cached answer over a range that includes `window` is returned too. */
  getWindow<T>(key: string, window: DayRange, load: () => Promise<T>): Promise<T>;
  /**
   * A value derived from cached answers, such as a tool's result. It expires with the first of the answers cached now,
   * so it is never older than an answer may be. Equal derivations in flight are not joined; their requests to Oura are.
   */
  getDerived<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Removes expired entries, so that none stays in memory past its time when no call comes. */
  prune(): void;
  /** Milliseconds until the last cached answer expires; null when the cache is empty. */
  heldFor(): number | null;
  clear(): void;
}

interface Entry {
  key: string;
  window: DayRange | null;
  answer: Promise<unknown>;
  /** Epoch ms; infinite while in flight. */
  expiresAt: number;
}

/** The most derived values kept. Assistants repeat recent questions only, and a value may take tens of kilobytes. */
const maximumDerived = 8;

/**
 * How often a call joins a request in flight. A joined request may fail for a reason that ended before this call began,
 * so it is tried once more, by one caller for all who joined it. A second failure is final.
 */
const maximumJoins = 2;

/** @param holdMilliseconds how long answers are cached; 0 caches none and still joins equal requests in flight */
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
    if (held) return held.value as T; // one key is always derived by one tool, hence one type
    const derivedBefore = derived;
    const before = earliestExpiry(); // an answer may be used and expire before `make` ends
    const value = await make();
    const expiresAt = Math.min(before, earliestExpiry());
    // Cleared meanwhile: the value is based on answers that must not be used again.
    if (derivedBefore !== derived || !Number.isFinite(expiresAt) || expiresAt <= now()) return value;
    derived.set(key, { value, expiresAt });
    for (const oldest of [...derived.keys()].slice(0, -maximumDerived)) derived.delete(oldest);
    return value;
  }

  /** A request in flight is joined only for the same range: a larger one may exceed this call's time. */
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
        return (await found.answer) as T; // one key is always loaded by one route, hence one type
      } catch (error) {
        failure = error;
      }
    }
    // The other call ran out of its own time or requests; this call still has some.
    if (failure instanceof AppError && isOfOneCall(failure)) return start(key, window, fetchAnswer);
    throw failure;
  }

  async function start<T>(key: string, window: DayRange | null, fetchAnswer: () => Promise<T>): Promise<T> {
    const entry: Entry = { key, window, answer: fetchAnswer(), expiresAt: Number.POSITIVE_INFINITY };
    entries.push(entry);
    try {
      return (await entry.answer) as T; // as above
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
      // A request in flight will be cached for the full time once it ends.
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
