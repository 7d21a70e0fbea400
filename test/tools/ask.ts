import { AppError, type Failure } from "../../src/errors.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";
import { createGate } from "../../src/oura/gate.ts";
import { createOuraReader } from "../../src/oura/reader.ts";
import { type ScopeName, scopes } from "../../src/oura/scopes.ts";
import type { Tool, ToolContext } from "../../src/question/tool.ts";
import type { SeenOffset } from "../../src/question/wearer-clock.ts";
import type { Picture } from "../../src/words/pictures.ts";

/** Oura's documents in a test, by route; a function answers the request itself. */
export type Held = Record<string, readonly object[] | ((query: URLSearchParams) => Response)>;

interface Asking {
  now: string;
  held: Held;
  /** Last known UTC offset of the wearer. */
  offsetMinutes?: number;
  /** Scopes that the assistant does not have; Oura grants all. */
  refused?: readonly ScopeName[];
  /** Receives the picture of a tool that draws one. */
  draw?: (picture: Picture) => void;
}

export interface Asked {
  /** The answer; tests state the shape they expect. */
  answer: Record<string, unknown> & { summary: string; missing: { what: string; days?: string; reason: string }[] };
  /** Requests to Oura in order, with their queries. */
  requests: { route: string; query: URLSearchParams }[];
  seen: SeenOffset[];
}

/** Calls a tool with the real reader and everything below it; only Oura is faked, at the network. */
export async function ask(tool: Tool, input: object, { now, held, offsetMinutes, refused = [], draw }: Asking) {
  const requests: Asked["requests"] = [];
  const seen: SeenOffset[] = [];
  let offset = offsetMinutes ?? null;
  const instant = Date.parse(now);
  const all = scopes.map(({ name }) => name);
  const transport = {
    fetch: async (address: RequestInfo | URL) => {
      const { pathname, searchParams } = new URL(String(address));
      const route = pathname.replace("/v2/usercollection/", "");
      requests.push({ route, query: searchParams });
      const documents = held[route] ?? [];
      return typeof documents === "function"
        ? documents(searchParams)
        : Response.json({ data: documents.filter((document) => isAsked(document, searchParams)), next_token: null });
    },
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    tokens: { current: async () => "token", replace: async () => "token" },
    apiUrl: "https://oura.test",
  };
  const context: ToolContext = {
    now: instant,
    reader: createOuraReader(
      transport,
      createAnswerCache(() => instant, 0),
      createCallBudget(() => instant),
    ),
    access: { oura: all, assistant: all.filter((name) => !refused.includes(name)) },
    standing: { kind: "connected" },
    clock: {
      get offsetMinutes() {
        return offset;
      },
      remember(newest) {
        seen.push(newest);
        offset = newest.offsetMinutes;
      },
    },
    panelUrl: "https://ringbridge.test/panel",
    ...(draw ? { draw } : {}),
  };
  const answer = await tool.ask(input).answer(context);
  return { answer, requests, seen } as Asked; // every data tool returns a summary and `missing`
}

/** The failure of a call; throws if the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error.failure;
  throw new Error("the call did not fail as it should", { cause: error });
}

/** Filters like Oura: by day, or by instant if the query contains instants. */
function isAsked(document: object, query: URLSearchParams): boolean {
  const { day, timestamp } = document as { day?: string; timestamp?: string }; // shape of the tests' documents
  const [from, to] = [query.get("start_datetime"), query.get("end_datetime")];
  if (from !== null && to !== null) {
    const at = Date.parse(timestamp ?? "");
    return at >= Date.parse(from) && at <= Date.parse(to);
  }
  const [first, last] = [query.get("start_date"), query.get("end_date")];
  return first === null || last === null || day === undefined || (day >= first && day <= last);
}

/** A day of activity that starts at 04:00 local time, at `offset` ("+02:00"). */
export function activityOn(day: string, offset = "+00:00", fields: object = {}) {
  return { day, timestamp: `${day}T04:00:00${offset}`, steps: 5000, non_wear_time: 0, ...fields };
}

export function nightTo(day: string, fields: object = {}) {
  const times = { bedtime_start: `${day}T00:10:00+00:00`, bedtime_end: `${day}T07:00:00+00:00` };
  return { day, type: "long_sleep", total_sleep_duration: 25_000, time_in_bed: 27_000, ...times, ...fields };
}

/** A reading every five minutes in [from, to). */
export function heartRate(from: string, to: string): { timestamp: string; bpm: number; source: string }[] {
  const rows = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += 300_000)
    rows.push({ timestamp: new Date(at).toISOString(), bpm: 60, source: "awake" });
  return rows;
}
