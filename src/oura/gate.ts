/**
 * Lets at most `limit` tasks run at once; the rest wait in order. Cloudflare allows a worker six open connections, and a
 * seventh would stall unseen where local runs never show it.
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
      const next = waiting.shift(); // hands its place on, so `running` stays as it is
      if (next) next();
      else running -= 1;
    }
  }

  return { run };
}
