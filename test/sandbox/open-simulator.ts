import type { Hono } from "hono";
import { z } from "zod";
import type { Scope } from "../../sandbox/scopes.ts";
import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";

export const ORIGIN = "http://localhost:1234";
const DATA = "/sandbox/oura/v2/usercollection";

const row = z.record(z.string(), z.unknown());
const envelope = z.object({ data: z.array(row), next_token: z.string().nullable() });
const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

export type Row = z.output<typeof row>;

/** A separate simulator with a pinned clock, and common operations for tests. */
export interface OpenSimulator {
  app: Hono;
  setClock(now: string): Promise<void>;
  /** An access token with the given permissions; default: all. */
  token(person: string, scopes?: Scope[]): Promise<string>;
  tokens(person: string, scopes?: Scope[]): Promise<z.output<typeof tokens>>;
  /** GET below `/v2/usercollection`. */
  get(path: string, accessToken?: string): Promise<Response>;
  list(path: string, accessToken: string): Promise<Row[]>;
  page(path: string, accessToken: string): Promise<z.output<typeof envelope>>;
  /** All documents of the simulator, by the control API. */
  held(person: string, route: string, query?: string): Promise<Row[]>;
  control(method: string, path: string, body?: unknown): Promise<Response>;
}

export async function openSimulator(now = "2026-10-07T16:00:00Z"): Promise<OpenSimulator> {
  const app = createSimulator({ store: createMemoryStore(), now: () => Date.parse(now) });
  const control = async (method: string, path: string, body?: unknown): Promise<Response> =>
    app.request(`${ORIGIN}/sandbox/control/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const get = async (path: string, accessToken?: string): Promise<Response> =>
    app.request(`${ORIGIN}${DATA}/${path}`, {
      headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
    });
  const page: OpenSimulator["page"] = async (path, accessToken) => {
    const response = await get(path, accessToken);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return envelope.parse(await response.json());
  };
  const newTokens: OpenSimulator["tokens"] = async (person, scopes) =>
    tokens.parse(await (await control("POST", "tokens", { person, scopes })).json());
  return {
    app,
    control,
    get,
    page,
    tokens: newTokens,
    token: async (person, scopes) => (await newTokens(person, scopes)).access_token,
    list: async (path, accessToken) => (await page(path, accessToken)).data,
    held: async (person, route, query = "") => {
      const response = await control("GET", `people/${person}/documents/${route}?${query}`);
      return z.object({ data: z.array(row) }).parse(await response.json()).data;
    },
    setClock: async (instant) => {
      await control("PUT", "clock", { now: instant });
    },
  };
}

/** One field of every row. */
export function pluck(rows: readonly Row[], field: string): unknown[] {
  return rows.map((document) => document[field]);
}
