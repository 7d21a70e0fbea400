import type { SimulatorStore } from "../store.ts";

/** Cloudflare allows this many simultaneous connections per invocation. */
const CONNECTION_LIMIT = 6;
const RECENT = 300;
const KEY = "requests";
/**
 * The recent requests are stored apart from the counts, because every request changes the counts and the store copies
 * the whole value.
 */
const RECENT_KEY = "recent-requests";

export interface LoggedRequest {
  /** Epoch ms by the simulator's clock. */
  at: number;
  route: string;
  person: string | null;
  /** Parameters as sent, without tokens. */
  query: Record<string, string>;
  status: number;
}

export interface RequestLog {
  total: number;
  routes: Record<string, number>;
  people: Record<string, number>;
  /** Grant type → outcome (`ok` or the OAuth error) → count. */
  token_endpoint: Record<string, Record<string, number>>;
  max_in_flight: number;
  max_in_flight_per_token: number;
  /** How often a request arrived while six others of the same access token were still open. */
  over_six: number;
  recent: LoggedRequest[];
}

type Counts = Omit<RequestLog, "recent">;

const EMPTY: Counts = {
  total: 0,
  routes: {},
  people: {},
  token_endpoint: {},
  max_in_flight: 0,
  max_in_flight_per_token: 0,
  over_six: 0,
};

export interface RequestTracker {
  /** Counts a request, and how many are in flight while `answer` runs. */
  track(accessToken: string | null, answer: () => Promise<Response>): Promise<Response>;
  note(request: LoggedRequest): Promise<void>;
}

/** The number of requests in flight is kept in memory; its maximum is kept in the store. */
export function createRequestTracker(store: SimulatorStore): RequestTracker {
  const perToken = new Map<string, number>();
  let inFlight = 0;
  return {
    async track(accessToken, answer) {
      const sameToken = accessToken === null ? 0 : (perToken.get(accessToken) ?? 0) + 1;
      if (accessToken !== null) perToken.set(accessToken, sameToken);
      inFlight += 1;
      const all = inFlight;
      try {
        await updateLog(store, (log) => ({
          ...log,
          total: log.total + 1,
          max_in_flight: Math.max(log.max_in_flight, all),
          max_in_flight_per_token: Math.max(log.max_in_flight_per_token, sameToken),
          over_six: log.over_six + (sameToken > CONNECTION_LIMIT ? 1 : 0),
        }));
        return await answer();
      } finally {
        inFlight -= 1;
        const left = accessToken === null ? 0 : (perToken.get(accessToken) ?? 1) - 1;
        if (accessToken !== null && left === 0) perToken.delete(accessToken);
        else if (accessToken !== null) perToken.set(accessToken, left);
      }
    },
    async note(request) {
      await updateLog(store, (log) => ({
        ...log,
        routes: increment(log.routes, request.route),
        people: increment(log.people, request.person ?? "unknown"),
      }));
      await store.update<LoggedRequest[]>(RECENT_KEY, (recent = []) => [...recent, request].slice(-RECENT));
    },
  };
}

export async function countTokenRequest(store: SimulatorStore, grantType: string, outcome: string): Promise<void> {
  await updateLog(store, (log) => ({
    ...log,
    token_endpoint: { ...log.token_endpoint, [grantType]: increment(log.token_endpoint[grantType] ?? {}, outcome) },
  }));
}

export async function readRequestLog(store: SimulatorStore): Promise<RequestLog> {
  const recent = (await store.get<LoggedRequest[]>(RECENT_KEY)) ?? [];
  return { ...((await store.get<Counts>(KEY)) ?? EMPTY), recent };
}

export async function clearRequestLog(store: SimulatorStore): Promise<void> {
  await store.delete(KEY);
  await store.delete(RECENT_KEY);
}

async function updateLog(store: SimulatorStore, change: (log: Counts) => Counts): Promise<void> {
  await store.update<Counts>(KEY, (log) => change(log ?? EMPTY));
}

function increment(counts: Record<string, number>, name: string): Record<string, number> {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}
