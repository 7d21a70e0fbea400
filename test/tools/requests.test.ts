import { expect, it } from "vitest";
import { createSyntheticPeople, now, type SyntheticPeople } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";
import { createGate } from "../../src/oura/gate.ts";
import { createOuraReader } from "../../src/oura/reader.ts";
import { scopeNames } from "../../src/oura/scopes.ts";
import type { OuraTool } from "../../src/question/tool.ts";
import { deviceTool } from "../../src/tools/device/device-tool.ts";
import { eventsTool } from "../../src/tools/events/events-tool.ts";
import { intradayTool } from "../../src/tools/intraday/intraday-tool.ts";

/** How many requests a call makes of Oura, and in how many rounds that follow one another. */
const mostRounds = 10;

/**
 * Calls a tool in the very first question of a person, when nothing is known yet. All requests that wait are answered at
 * once, so each answering is one round.
 */
async function measure(tool: OuraTool, input: object, answer: (request: Request) => Promise<Response>) {
  let requests = 0;
  let rounds = 0;
  let waiting: (() => void)[] = [];
  const transport = {
    fetch: async (address: RequestInfo | URL, init?: RequestInit) => {
      requests += 1;
      const response = await answer(new Request(address, init));
      await new Promise<void>((go) => waiting.push(go));
      return response;
    },
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    tokens: { current: async () => "token", replace: async () => "token" },
    apiUrl: "https://oura.test",
  };
  let offsetMinutes: number | null = null;
  const called = tool
    .ask(input)
    .answer({
      now,
      reader: createOuraReader(
        transport,
        createAnswerCache(() => now, 0),
        createCallBudget(() => now),
      ),
      access: { oura: scopeNames, assistant: scopeNames },
      standing: { kind: "connected" },
      clock: {
        get offsetMinutes() {
          return offsetMinutes;
        },
        remember: (seen) => {
          offsetMinutes = seen.offsetMinutes;
        },
      },
      panelUrl: "https://ringbridge.test/panel",
    })
    .then(
      () => "answered",
      (error: unknown) => String(error),
    );
  let outcome: string | null = null;
  void called.then((done) => {
    outcome = done;
  });
  while (outcome === null) {
    // Everything that can be asked now is asked within a few turns of the loop.
    for (let turn = 0; turn < 20 && outcome === null; turn += 1) await new Promise<void>((go) => setTimeout(go));
    if (waiting.length > 0) rounds += 1;
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  }
  return { requests, rounds, outcome };
}

async function fromPeople(people: SyntheticPeople, person: string): Promise<(request: Request) => Promise<Response>> {
  const token = await people.issueToken(person, scopeNames);
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return people.fetch(`${people.apiUrl}${pathname}${search}`, { headers: { authorization: `Bearer ${token}` } });
  };
}

const people = createSyntheticPeople();
const largest: [string, OuraTool, object][] = [
  ["30 days of heart rate with zones", intradayTool, { start_date: "2026-10-22", end_date: "2026-11-20" }],
  ["a night across midnight", intradayTool, { start_date: "2026-11-18", start_time: "22:00", end_time: "06:00" }],
  ["a moment", intradayTool, { start_date: "2026-11-05", at: "18:45" }],
  ["steps until a moment", intradayTool, { metric: "steps", start_date: "2026-11-05", at: "18:45" }],
  ["a year of events", eventsTool, { start_date: "2025-11-20", end_date: "2026-11-20" }],
  ["the newest of a name that nothing has", eventsTool, { name: "no such name", latest: 60 }],
  ["the newest sixty", eventsTool, { latest: 60 }],
  ["the ring with everything", deviceTool, { include_history: true, include_profile: true }],
];

it.each(largest)("of %s are at most fifty in ten rounds", async (_name, tool, input) => {
  for (const person of ["restless", "everyday"]) {
    const { requests, rounds, outcome } = await measure(tool, input, await fromPeople(people, person));
    expect(outcome).toBe("answered");
    expect(requests, person).toBeLessThanOrEqual(50);
    expect(rounds, person).toBeLessThanOrEqual(mostRounds);
  }
});

it.each(largest)("of %s stay so where every list has another page", async (_name, tool, input) => {
  const endless = async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const route = pathname.split("/").at(-1) ?? "";
    const page = Number(searchParams.get("next_token") ?? 0);
    if (route !== "heartrate" && route !== "ring_battery_level") return Response.json({ data: [], next_token: null });
    const from = Date.parse(searchParams.get("start_datetime") ?? "2026-11-20");
    const timestamp = new Date(from + page * 1000).toISOString();
    return Response.json({ data: [{ timestamp, bpm: 60, level: 50, source: "awake" }], next_token: String(page + 1) });
  };
  const { requests, rounds } = await measure(tool, input, endless);
  expect(requests).toBeLessThanOrEqual(50);
  expect(rounds).toBeLessThanOrEqual(mostRounds);
});
