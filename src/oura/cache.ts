import type { DayRange } from "../analytics/day.ts";
import { AppError } from "../errors.ts";

/**
 * Answers held in memory for a short time and shared between the calls of one person. Never written anywhere: when the
 * object sleeps, they are gone. Equal requests in flight are joined; a failed one is forgotten at once.
 */
export interface AnswerCache {
  /** The answer to `key`: held, in flight, or fetched by `load`. */
  get<T>(key: string, load: () => Promise<T>): Promise<T>;
  /** The same for a range of days: an answer over a range that includes `window` serves it too. */
  getWindow<T>(key: string, window: DayRange, load: () => Promise<T>): Promise<T>;
  /**
   * Something made of the answers held now, such as what a tool said. It goes with the first of them, so nothing made is
   * older than an answer may be. Equal makings in flight are not joined: the requests below them are.
   */
  getMade<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Drops what is too old, so that nothing stays in memory past its time while nobody asks. */
  prune(): void;
  /** Milliseconds until the last answer held now is too old; null when there is none to drop. */
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

/** A conversation repeats one of its last questions; what is made may be some tens of kilobytes. */
const mostMade = 8;

/**
 * A request that was joined may have failed for a reason that was over before this call began. It is made once more, by
 * one for all who joined it; that failing as well is the answer.
 */
const roundsJoined = 2;

/** @param holdMilliseconds 0 holds nothing, and still joins equal requests in flight. */
export function createAnswerCache(now: () => number, holdMilliseconds: number): AnswerCache {
  let entries: Entry[] = [];
  let made = new Map<string, { value: unknown; expiresAt: number }>();

  function prune(): void {
    entries = entries.filter((entry) => entry.expiresAt > now());
    for (const [key, { expiresAt }] of made) if (expiresAt <= now()) made.delete(key);
  }

  function firstToGo(): number {
    return Math.min(...entries.map((entry) => entry.expiresAt));
  }

  async function getMade<T>(key: string, make: () => Promise<T>): Promise<T> {
    prune();
    const held = made.get(key);
    if (held) return held.value as T; // one key is always made by one tool, hence one type
    const kept = made;
    const before = firstToGo(); // it may be used and gone before the making ends
    const value = await make();
    const expiresAt = Math.min(before, firstToGo());
    // Whatever was cleared meanwhile is no longer what this was made of.
    if (kept !== made || !Number.isFinite(expiresAt) || expiresAt <= now()) return value;
    made.set(key, { value, expiresAt });
    for (const oldest of [...made.keys()].slice(0, -mostMade)) made.delete(oldest);
    return value;
  }

  /** In flight only the very same question is joined: a larger one runs under another call's time and budget. */
  function find(key: string, window: DayRange | null): Entry | undefined {
    prune();
    const ofKey = entries.filter((entry) => entry.key === key);
    const isFinished = (entry: Entry) => entry.expiresAt !== Number.POSITIVE_INFINITY;
    return ofKey.find((entry) => (isFinished(entry) ? covers(entry.window, window) : equals(entry.window, window)));
  }

  async function load<T>(key: string, window: DayRange | null, fetchAnswer: () => Promise<T>): Promise<T> {
    let failure: unknown;
    for (let round = 0; round < roundsJoined; round += 1) {
      const found = find(key, window);
      if (!found) return start(key, window, fetchAnswer);
      try {
        return (await found.answer) as T; // one key is always loaded by one route, hence one type
      } catch (error) {
        failure = error;
      }
    }
    // Somebody else's call ran out of its own time or requests; ours has not.
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
    getMade,
    prune,
    heldFor() {
      if (entries.length === 0) return null;
      // One in flight will be held as long as any other.
      return Math.max(...entries.map(({ expiresAt }) => Math.min(expiresAt - now(), holdMilliseconds)));
    },
    clear() {
      entries = [];
      made = new Map();
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
