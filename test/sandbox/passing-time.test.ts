import { describe, expect, inject, it } from "vitest";
import { DATA_ROUTES } from "../../sandbox/api/routes.ts";
import { ACCOUNTS } from "../../sandbox/people/people.ts";
import { openSimulator, pluck } from "./open-simulator.ts";

const SETTLED_ROUTES = DATA_ROUTES.filter((route) => route !== "heartrate" && route !== "ring_battery_level");

describe("people are a function of the seed", () => {
  it.each(inject("long") ? ACCOUNTS : ACCOUNTS.filter(({ id }) => ["everyday", "far_east", "new"].includes(id)))(
    "two simulators agree on $id",
    async ({ id }) => {
      const [one, other] = [await openSimulator(), await openSimulator()];
      for (const route of DATA_ROUTES) {
        const query = inject("long") ? "start=2026-10-01&end=2026-10-07" : "start=2026-10-05&end=2026-10-06";
        expect(await one.held(id, route, query), route).toEqual(await other.held(id, route, query));
      }
    },
  );
});

describe("as the clock advances", () => {
  it("finished days do not change and new ones are added", async () => {
    const simulator = await openSimulator();
    const since = inject("long") ? "" : "start=2026-09-23";
    for (const id of ["everyday", "far_east"]) {
      await simulator.setClock("2026-10-07T16:00:00Z");
      const before = await Promise.all(SETTLED_ROUTES.map((route) => simulator.held(id, route, since)));
      await simulator.setClock("2026-10-20T16:00:00Z");
      for (const [i, route] of SETTLED_ROUTES.entries()) {
        const settled = (before[i] ?? []).filter(({ day }) => day === undefined || String(day) < "2026-10-06");
        const after = await simulator.held(id, route, since);
        expect(after.slice(0, settled.length), `${id} ${route}`).toEqual(settled);
      }
      const added = pluck(await simulator.held(id, "daily_sleep", "start=2026-10-01"), "day").filter(
        (day) => String(day) > "2026-10-07",
      );
      expect(added.length).toBeGreaterThan(10);
    }
  });

  it("last night appears once the wearer opens the app in the morning", async () => {
    // 08:29 and 08:30 in New York.
    for (const [now, expected] of [
      ["2026-10-07T12:29:00Z", false],
      ["2026-10-07T14:30:00Z", true],
    ] as const) {
      const simulator = await openSimulator(now);
      for (const route of ["daily_sleep", "daily_readiness", "sleep", "daily_spo2"]) {
        const held = await simulator.held("everyday", route, "start=2026-10-05");
        // A nap of the last evening may exist already.
        const days = pluck(
          held.filter(({ type }) => type === undefined || type === "long_sleep"),
          "day",
        );
        expect(days.includes("2026-10-07"), `${route} at ${now}`).toBe(expected);
      }
    }
  });

  it("today's steps increase and its future minutes count as not worn", async () => {
    const simulator = await openSimulator("2026-10-07T13:00:00Z");
    const today = async () => (await simulator.held("everyday", "daily_activity", "start=2026-10-06")).at(-1) ?? {};
    const morning = await today();
    await simulator.setClock("2026-10-07T23:00:00Z");
    const evening = await today();
    await simulator.setClock("2026-10-09T16:00:00Z");
    const whole =
      (await simulator.held("everyday", "daily_activity", "start=2026-10-06")).find(({ id }) => id === morning.id) ??
      {};
    expect([morning.day, evening.day, whole.day]).toEqual(["2026-10-07", "2026-10-07", "2026-10-07"]);
    expect(Number(evening.steps)).toBeGreaterThan(Number(morning.steps));
    expect(Number(whole.steps)).toBeGreaterThanOrEqual(Number(evening.steps));
    expect(Number(morning.non_wear_time)).toBeGreaterThanOrEqual(19 * 3_600);
  });

  it("nothing after the last sync has reached Oura", async () => {
    const simulator = await openSimulator();
    const token = await simulator.token("everyday");
    await simulator.control("PUT", "people/everyday", { synced_until: "2026-10-05T22:00:00Z" });
    const window = "start_date=2026-10-01&end_date=2026-10-08";
    expect(pluck(await simulator.list(`daily_sleep?${window}`, token), "day").at(-1)).toBe("2026-10-05");
    const latest = await simulator.list("heartrate?latest=true", token);
    expect(String(latest[0]?.timestamp) <= "2026-10-05T22:00:00Z").toBe(true);
    await simulator.control("PUT", "people/everyday", { synced_until: null });
    expect(pluck(await simulator.list(`daily_sleep?${window}`, token), "day").at(-1)).toBe("2026-10-07");
  });

  it("today's stress has no day summary yet", async () => {
    const simulator = await openSimulator();
    const [yesterday, today] = (await simulator.held("everyday", "daily_stress")).slice(-2);
    expect(today).toMatchObject({ day: "2026-10-07", day_summary: null });
    expect(yesterday?.day).toBe("2026-10-06");
  });
});
