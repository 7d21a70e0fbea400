export interface OuraCounts {
  requests: number;
  /** Length of the longest chain of requests in which each began after the previous one had ended. */
  rounds: number;
  bytes: number;
  /** Milliseconds during which at least one request was in flight. */
  busyMilliseconds: number;
  /** Requests that waited because six connections of one account were open. The platform delays them silently. */
  stalled: number;
}

/** Cloudflare opens no more than this many connections for one invocation at the same time; others wait. */
const connectionsAtOnce = 6;

interface Exchange {
  begun: number;
  ended: number;
  bytes: number;
}

export interface OuraMeter {
  /** Waits for one of the account's six connections; the function returned ends the exchange. */
  begin(account: string): Promise<(bytes: number) => void>;
  /** Counts of all exchanges that ended since the last call. */
  take(): OuraCounts;
}

export function createOuraMeter(now: () => number): OuraMeter {
  const open = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();
  let exchanges: Exchange[] = [];
  let stalled = 0;

  return {
    async begin(account) {
      const running = open.get(account) ?? 0;
      if (running < connectionsAtOnce) open.set(account, running + 1);
      else {
        stalled += 1;
        const queue = queues.get(account) ?? [];
        queues.set(account, queue);
        await new Promise<void>((resolve) => queue.push(resolve));
      }
      const begun = now();
      return (bytes) => {
        exchanges.push({ begun, ended: now(), bytes });
        const next = queues.get(account)?.shift();
        if (next) next();
        else open.set(account, (open.get(account) ?? 1) - 1);
      };
    },
    take() {
      const taken = exchanges.toSorted((left, right) => left.begun - right.begun);
      const counts: OuraCounts = {
        requests: taken.length,
        rounds: countRounds(taken),
        bytes: taken.reduce((sum, { bytes }) => sum + bytes, 0),
        busyMilliseconds: sumBusy(taken),
        stalled,
      };
      exchanges = [];
      stalled = 0;
      return counts;
    },
  };
}

/** @param exchanges in the order they began */
function countRounds(exchanges: readonly Exchange[]): number {
  const ended: { at: number; round: number }[] = [];
  for (const { begun, ended: at } of exchanges) {
    const before = ended.filter((other) => other.at <= begun).map(({ round }) => round);
    ended.push({ at, round: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...ended.map(({ round }) => round));
}

/** @param exchanges in the order they began */
function sumBusy(exchanges: readonly Exchange[]): number {
  let until = Number.NEGATIVE_INFINITY;
  let busy = 0;
  for (const { begun, ended } of exchanges) {
    busy += Math.max(0, ended - Math.max(begun, until));
    until = Math.max(until, ended);
  }
  return busy;
}
