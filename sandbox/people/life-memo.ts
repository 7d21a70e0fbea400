import type { Life } from "./life.ts";
import { createMemo, type Memo } from "./memo.ts";

interface LifeMemo<T> {
  recall(life: Life, key: string | number, make: () => T): T;
}

/** Caches for each life the newest `limit` results by key, only for speed. */
export function createLifeMemo<T>(limit: (life: Life) => number): LifeMemo<T> {
  const memos = new WeakMap<Life, Memo<T>>();
  return {
    recall(life, key, make) {
      const known = memos.get(life);
      if (known) return known.recall(key, make);
      const memo = createMemo<T>(limit(life));
      memos.set(life, memo);
      return memo.recall(key, make);
    },
  };
}

/** For results by day. A smaller memo would lose each day of the history before it is asked for again. */
export function createDayMemo<T>(): LifeMemo<T> {
  return createLifeMemo((life) => life.days);
}
