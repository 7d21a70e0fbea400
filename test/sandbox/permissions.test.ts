import { describe, expect, it } from "vitest";
import { allScopes, type Scope } from "../../sandbox/scopes.ts";
import { openSimulator } from "./open-simulator.ts";

const SCOPE_OF: Record<string, Scope> = {
  daily_activity: "daily",
  daily_readiness: "daily",
  daily_sleep: "daily",
  daily_stress: "daily",
  daily_resilience: "stress",
  daily_spo2: "spo2",
  daily_cardiovascular_age: "heart_health",
  vO2_max: "heart_health",
  sleep: "daily",
  sleep_time: "daily",
  workout: "workout",
  session: "session",
  tag: "tag",
  enhanced_tag: "tag",
  rest_mode_period: "daily",
  ring_configuration: "ring_configuration",
  ring_battery_level: "ring_configuration",
  heartrate: "heartrate",
};

describe("permissions", () => {
  it.each(Object.entries(SCOPE_OF))("%s needs %s and names it in the error", async (route, scope) => {
    const simulator = await openSimulator();
    const without = await simulator.get(
      route,
      await simulator.token(
        "everyday",
        allScopes().filter((s) => s !== scope),
      ),
    );
    expect(without.status).toBe(401);
    expect(await without.json()).toEqual({ detail: `Token is not authorized access ${scope} scope.` });
    expect((await simulator.get(route, await simulator.token("everyday", [scope]))).status).toBe(200);
  });

  it("return the granted fields of the profile, and always the id", async () => {
    const simulator = await openSimulator();
    const keys = async (scopes: Scope[]): Promise<string[]> => {
      const response = await simulator.get("personal_info", await simulator.token("everyday", scopes));
      return Object.keys((await response.json()) ?? {});
    };
    expect(await keys([])).toEqual(["id"]);
    expect(await keys(["email"])).toEqual(["id", "email"]);
    expect(await keys(["personal"])).toEqual(["id", "age", "weight", "height", "biological_sex"]);
  });
});

describe("access tokens", () => {
  it("are refused if missing, forged or expired, with another error than for a missing permission", async () => {
    const simulator = await openSimulator();
    const expired = await simulator.token("everyday");
    await simulator.control("POST", "tokens/expire");
    for (const token of [undefined, "made-up", expired]) {
      const response = await simulator.get("daily_sleep", token);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toMatch(/not authorized access/);
    }
  });

  it("expire by the simulator's clock", async () => {
    const simulator = await openSimulator("2026-10-07T16:00:00Z");
    const token = await simulator.token("everyday");
    await simulator.setClock("2026-10-08T15:59:59Z");
    expect((await simulator.get("daily_sleep", token)).status).toBe(200);
    await simulator.setClock("2026-10-08T16:00:00Z");
    expect((await simulator.get("daily_sleep", token)).status).toBe(401);
  });
});

describe("a lapsed membership", () => {
  it.each(Object.keys(SCOPE_OF))("forbids %s", async (route) => {
    const simulator = await openSimulator();
    const response = await simulator.get(route, await simulator.token("lapsed"));
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ detail: expect.any(String) });
  });

  it("still allows the profile, and allows everything after renewal", async () => {
    const simulator = await openSimulator();
    const token = await simulator.token("lapsed");
    expect((await simulator.get("personal_info", token)).status).toBe(200);
    await simulator.control("PUT", "people/lapsed", { membership: "active" });
    const window = "start_date=2026-08-01&end_date=2026-10-07";
    expect((await simulator.list(`daily_sleep?${window}`, token)).length).toBeGreaterThan(50);
  });
});

describe("rate limits", () => {
  it.each(["token", "application"])("of the %s answer 429 and say when to retry", async (tier) => {
    const simulator = await openSimulator("2026-10-07T16:00:00Z");
    await simulator.control("PUT", "limits", { [tier]: { limit: 3, windowSeconds: 60 } });
    const [first, second] = [await simulator.token("everyday"), await simulator.token("two_rings")];
    for (let i = 0; i < 3; i++) expect((await simulator.get("personal_info", first)).status).toBe(200);
    const refused = await simulator.get("personal_info", first);
    expect(refused.status).toBe(429);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "retry-after": "20",
      "x-ratelimit-limit": "3",
      "x-ratelimit-window": "60",
      "x-ratelimit-reset": String(Date.parse("2026-10-07T16:00:20Z") / 1_000),
      "x-ratelimit-tier": tier,
    });
    // Each token has its own limit; all tokens share the application's.
    expect((await simulator.get("personal_info", second)).status).toBe(tier === "token" ? 200 : 429);
    await simulator.setClock("2026-10-07T16:00:20Z");
    expect((await simulator.get("personal_info", first)).status).toBe(200);
  });
});
