import type { DayRange } from "../analytics/day.ts";

/**
 * Answers held in memory for a short time and shared between the calls of one person. Never written anywhere: when the
 * object sleeps, they are gone. Equal requests in flight are joined; a failed one is forgotten at once.
 */
export interface AnswerCache {
  /** The answer to `key`: held, in flight, or fetched by `load`. */
  get<T>(key: string, load: () => Promise<T>): Promise<T>;
  /** The same for a range of days: an answer over a range that includes `window` serves it too. */
  getWindow<T>(key: string, window: DayRange, load: () => Promise<T>): Promise<T>;
  /** Drops what is too old, so that nothing stays in memory past its time while nobody asks. */
  prune(): void;
  clear(): void;
}

interface Entry {
  key: string;
  window: DayRange | null;
  answer: Promise<unknown>;
  /** Epoch ms; infinite while in flight. */
  expiresAt: number;
}

/** @param holdMilliseconds 0 holds nothing, and still joins equal requests in flight. */
export function createAnswerCache(now: () => number, holdMilliseconds: number): AnswerCache {
  let entries: Entry[] = [];

  function prune(): void {
    entries = entries.filter((entry) => entry.expiresAt > now());
  }

  function find(key: string, window: DayRange | null): Entry | undefined {
    prune();
    return entries.find((entry) => entry.key === key && covers(entry.window, window));
  }

  async function load<T>(key: string, window: DayRange | null, fetchAnswer: () => Promise<T>): Promise<T> {
    const found = find(key, window);
    if (found) return found.answer as Promise<T>; // one key is always loaded by one route, hence one type
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
    prune,
    clear() {
      entries = [];
    },
  };
}

function covers(held: DayRange | null, asked: DayRange | null): boolean {
  if (held === null || asked === null) return held === asked;
  return held.start <= asked.start && held.end >= asked.end;
}
