/**
 * Runs at most `limit` tasks at once. Further tasks wait in the order in which they were added. Cloudflare allows a
 * worker six open connections at a time. A seventh connection waits without an error, and its wait counts towards the
 * timeout of its request. With this gate, a request starts only when a connection is free.
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
      const next = waiting.shift(); // the next task replaces this task, so `running` does not change
      if (next) next();
      else running -= 1;
    }
  }

  return { run };
}
