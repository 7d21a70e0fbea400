import { expect, it } from "vitest";
import { addDays, dayAtOffset } from "../../src/analytics/day.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";
import { createGate } from "../../src/oura/gate.ts";
import { createOuraReader, type OuraReader } from "../../src/oura/reader.ts";
import { type OuraRouteName, ouraRouteNames, ouraRoutes, scopesOfRoute } from "../../src/oura/routes.ts";
import { type ScopeName, scopeNames } from "../../src/oura/scopes.ts";
import { readAll } from "../../src/question/read-all.ts";
import { bySpan, part, type Read, type ReadDays } from "../../src/question/reads.ts";

const now = Date.parse("2026-11-20T15:00:00Z");
const today = dayAtOffset(now, 0);
const range = { start: addDays(today, -2), end: today };
const days: ReadDays = { ranges: [range], asked: range, upToToday: range, now, offsetMinutes: 0 };

/** Reads one request with the given permissions, and returns the outcome and the requests to Oura. */
async function readOne(read: Read, assistant: readonly ScopeName[] = scopeNames) {
  const requests: string[] = [];
  const transport = {
    fetch: async (address: RequestInfo | URL) => {
      requests.push(new URL(String(address)).pathname);
      return Response.json({ data: [], next_token: null });
    },
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    tokens: { current: async () => "token", replace: async () => "token" },
    apiUrl: "https://oura.test",
  };
  const cache = createAnswerCache(() => now, 0);
  const reader = createOuraReader(
    transport,
    cache,
    createCallBudget(() => now),
  );
  const outcome = await readAll([part(read)], days, { access: { oura: scopeNames, assistant }, reader });
  return { outcome, requests };
}

/** For each route, the call that reads it. */
const calls: Readonly<Record<OuraRouteName, (reader: OuraReader) => Promise<unknown>>> = {
  ...(Object.fromEntries(
    Object.entries(ouraRoutes).map(([name, { asks }]) => [
      name,
      (reader: OuraReader) => {
        const route = name as never; // a route that is asked for in this way
        return asks === "spans" ? reader.readSpans(route, range) : reader.readDays(route, range);
      },
    ]),
  ) as Record<OuraRouteName, (reader: OuraReader) => Promise<unknown>>), // the keys are the routes
  heartrate: (reader) => reader.readHeartRate(now - 3_600_000, now),
  ring_configuration: (reader) => reader.readRings(),
  ring_battery_level: (reader) => reader.readBatteries(),
  personal_info: (reader) => reader.readProfile(),
};

it.each(ouraRouteNames)(
  "refuses a request for %s that reads a route of another permission, and sends nothing",
  async (route) => {
    const allowed: readonly ScopeName[] = scopesOfRoute(route);
    const others = ouraRouteNames.filter((other) => scopesOfRoute(other).some((scope) => !allowed.includes(scope)));
    expect(others.length).toBeGreaterThan(10);
    for (const other of others) {
      const requests: string[] = [];
      const read = readOne({ route, figures: [], load: calls[other] }).then(({ requests: sent }) =>
        requests.push(...sent),
      );
      await expect(read).rejects.toThrow(`a request for ${route} reads ${other}`);
      expect(requests).toEqual([]);
    }
  },
);

it("refuses battery levels of the past in a request for another route", async () => {
  const load = (reader: OuraReader) => reader.readBatteryHistory(now - 3_600_000, now);
  await expect(readOne({ route: "sleep", figures: [], load })).rejects.toThrow("reads ring_battery_level");
});

it("needs for every kind of request what the route needs, also a scope that only Ringbridge requires", async () => {
  for (const route of ouraRouteNames) {
    for (const missing of scopesOfRoute(route)) {
      const granted = scopeNames.filter((scope) => scope !== missing);
      const { outcome, requests } = await readOne({ route, figures: [], load: calls[route] }, granted);
      expect(outcome.lost).toMatchObject([{ isRefusal: true }]);
      expect(requests).toEqual([]);
    }
  }
  const span = bySpan("rest_mode_period", "rest mode");
  expect((await readOne(span, ["tag"])).outcome.lost).toMatchObject([{ isRefusal: true }]);
  expect((await readOne(span, ["daily"])).requests).toHaveLength(1);
});
