/**
 * Runs at most `limit` tasks at once; the others wait in order. Cloudflare allows a worker six open connections and
 * stalls a seventh without an error. Local runs do not have this limit.
 */
export interface Gate {
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createGate(limit: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function run<T>(task: () => Promise<T>): Promise<T> {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift(); // takes over this task's place, so `running` does not change
      if (next) next();
      else running -= 1;
    }
  }

  return { run };
}
