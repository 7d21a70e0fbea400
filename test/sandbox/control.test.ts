import { describe, expect, it } from "vitest";
import { z } from "zod";
import { connect, refresh } from "./browser.ts";
import { type OpenSimulator, openSimulator } from "./open-simulator.ts";

const log = z.object({
  total: z.int(),
  routes: z.record(z.string(), z.int()),
  people: z.record(z.string(), z.int()),
  token_endpoint: z.record(z.string(), z.record(z.string(), z.int())),
  max_in_flight: z.int(),
  max_in_flight_per_token: z.int(),
  over_six: z.int(),
  recent: z.array(z.object({ route: z.string(), query: z.record(z.string(), z.string()), status: z.int() })),
});

async function readLog({ control }: OpenSimulator): Promise<z.output<typeof log>> {
  return log.parse(await (await control("GET", "requests")).json());
}

describe("the clock", () => {
  const instant = async ({ control }: OpenSimulator): Promise<unknown> => {
    const { now } = z.object({ now: z.string() }).parse(await (await control("GET", "clock")).json());
    return now;
  };

  it("can be pinned, shifted and reset", async () => {
    const simulator = await openSimulator("2026-10-07T16:00:00Z");
    await simulator.control("PUT", "clock", { now: "2026-01-02T03:04:05Z" });
    expect(await instant(simulator)).toBe("2026-01-02T03:04:05.000Z");
    await simulator.control("PUT", "clock", { now: Date.parse("2026-01-03") });
    expect(await instant(simulator)).toBe("2026-01-03T00:00:00.000Z");
    await simulator.control("PUT", "clock", { offset_ms: 86_400_000 });
    expect(await instant(simulator)).toBe("2026-10-08T16:00:00.000Z");
    await simulator.control("DELETE", "clock");
    expect(await instant(simulator)).toBe("2026-10-07T16:00:00.000Z");
  });
});

describe("the request log", () => {
  it("counts by route, person and outcome, and stores no token", async () => {
    const simulator = await openSimulator();
    const { access_token, refresh_token } = await connect(simulator, "new");
    await simulator.control("DELETE", "requests");
    await simulator.get("daily_sleep?fields=score&next_token=secret", access_token);
    await simulator.get("sleep", "made-up");
    await refresh(simulator, "new", refresh_token);
    await refresh(simulator, "new", refresh_token);
    const seen = await readLog(simulator);
    expect(seen).toMatchObject({
      total: 4,
      routes: { daily_sleep: 1, sleep: 1, token: 2 },
      people: { everyday: 2, unknown: 2 },
      token_endpoint: { refresh_token: { ok: 1, invalid_grant: 1 } },
    });
    expect(seen.recent[0]).toMatchObject({ route: "daily_sleep", query: { fields: "score" }, status: 200 });
    expect(JSON.stringify(seen)).not.toContain("secret");
  });

  it("reports more than six requests of one token at once", async () => {
    const simulator = await openSimulator();
    const [one, other] = [await simulator.token("everyday"), await simulator.token("gen2")];
    await simulator.control("PUT", "faults", { faults: [{ kind: "latency", ms: 30 }] });
    await Promise.all(
      [...Array(6).fill(one), ...Array(6).fill(other)].map((token) => simulator.get("daily_sleep", token)),
    );
    expect(await readLog(simulator)).toMatchObject({ max_in_flight: 12, max_in_flight_per_token: 6, over_six: 0 });
    await Promise.all(Array.from({ length: 8 }, () => simulator.get("daily_sleep", one)));
    expect(await readLog(simulator)).toMatchObject({ max_in_flight_per_token: 8, over_six: 2 });
  });
});

describe("people", () => {
  it("keep overrides that a request does not mention", async () => {
    const simulator = await openSimulator();
    await simulator.control("PUT", "people/gen2", { membership: "lapsed" });
    const answer = await simulator.control("PUT", "people/gen2", { synced_until: "2026-10-01T00:00:00Z" });
    expect(await answer.json()).toMatchObject({ membership: "lapsed", synced_until: "2026-10-01T00:00:00.000Z" });
    const undone = await simulator.control("PUT", "people/gen2", { membership: null, synced_until: null });
    expect(await undone.json()).toMatchObject({ membership: "active", synced_until: null });
  });

  it("are not found if unknown", async () => {
    const simulator = await openSimulator();
    expect((await simulator.control("PUT", "people/stranger", {})).status).toBe(404);
    expect((await simulator.control("POST", "tokens", { person: "stranger" })).status).toBe(404);
    expect((await simulator.control("GET", "people/everyday/documents/dreams")).status).toBe(404);
  });
});

it("clears everything on reset, including the anchor day", async () => {
  const simulator = await openSimulator("2026-10-07T16:00:00Z");
  const token = await simulator.token("everyday");
  const last = async (): Promise<unknown> => (await simulator.held("everyday", "daily_sleep")).at(-1)?.day;
  expect(await last()).toBe("2026-10-07");
  await simulator.control("POST", "reset");
  expect((await simulator.get("daily_sleep", token)).status).toBe(401);
  await simulator.setClock("2025-03-20T16:00:00Z");
  expect(await last()).toBe("2025-03-20");
  expect((await simulator.held("everyday", "daily_sleep")).length).toBeGreaterThan(365);
});

it.each([
  ["a body that is not JSON", "PUT", "clock", undefined],
  ["an invalid clock", "PUT", "clock", { now: "soon" }],
  ["a permission that does not exist", "POST", "tokens", { person: "everyday", scopes: ["spo2Daily"] }],
  ["a limit of zero", "PUT", "limits", { token: { limit: 0, windowSeconds: 1 } }],
])("refuses %s", async (_, method, path, body) => {
  const simulator = await openSimulator();
  const response = await simulator.control(method, path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});
