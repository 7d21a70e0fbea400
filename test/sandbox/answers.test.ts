import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openSimulator, pluck } from "./open-simulator.ts";

const WINDOW = "start_date=2026-09-20&end_date=2026-09-25";

describe("fields", () => {
  it("keeps id and day with the requested fields, and drops unknown names", async () => {
    const simulator = await openSimulator();
    const [document = {}] = await simulator.list(
      `daily_sleep?${WINDOW}&fields=score,bogus`,
      await simulator.token("everyday"),
    );
    expect(Object.keys(document).sort()).toEqual(["day", "id", "score"]);
  });

  it("returns whole documents when no name is known", async () => {
    const simulator = await openSimulator();
    const [document = {}] = await simulator.list(
      `daily_sleep?${WINDOW}&fields=bogus`,
      await simulator.token("everyday"),
    );
    expect(Object.keys(document)).toContain("contributors");
  });

  it("keeps start_day if there is no day", async () => {
    const simulator = await openSimulator();
    const window = "start_date=2026-01-01&end_date=2026-10-07&fields=end_day";
    const [document = {}] = await simulator.list(`rest_mode_period?${window}`, await simulator.token("everyday"));
    expect(Object.keys(document).sort()).toEqual(["end_day", "id", "start_day"]);
  });

  it.each(["daily_resilience", "tag", "enhanced_tag"])("is ignored by %s", async (route) => {
    const simulator = await openSimulator();
    const token = await simulator.token("everyday");
    const window = "start_date=2026-08-01&end_date=2026-10-01";
    expect(await simulator.list(`${route}?${window}&fields=id`, token)).toEqual(
      await simulator.list(`${route}?${window}`, token),
    );
  });
});

describe("latest", () => {
  it.each(["heartrate", "ring_battery_level"])("returns the newest row of %s", async (route) => {
    const simulator = await openSimulator();
    const { data, next_token } = await simulator.page(`${route}?latest=true`, await simulator.token("everyday"));
    const held = await simulator.held("everyday", route, "start=2026-10-05");
    expect(data).toEqual(held.slice(-1));
    expect(next_token).toBeNull();
  });

  it("is ignored everywhere else", async () => {
    const simulator = await openSimulator();
    expect(await simulator.list(`daily_sleep?${WINDOW}&latest=true`, await simulator.token("everyday"))).toHaveLength(
      6,
    );
  });
});

describe("pages", () => {
  const MONTH = "start_datetime=2026-09-07T00:00:00Z&end_datetime=2026-10-07T00:00:00Z";

  it.each(["heartrate", "ring_battery_level"])(
    "of %s have 1,000 rows and neither repeat nor skip one",
    async (route) => {
      const simulator = await openSimulator();
      const token = await simulator.token("everyday");
      const rows: unknown[] = [];
      let next: string | null = "";
      let pages = 0;
      while (next !== null) {
        const page = await simulator.page(`${route}?${MONTH}&next_token=${encodeURIComponent(next)}`, token);
        if (page.next_token !== null) expect([1_000, 1_001]).toContain(page.data.length);
        rows.push(...page.data);
        next = page.next_token;
        pages += 1;
      }
      expect(pages).toBeGreaterThan(2);
      expect(rows).toEqual(
        await simulator.held("everyday", route, "start=2026-09-07T00:00:00Z&end=2026-10-07T00:00:00Z"),
      );
    },
  );

  it("have an opaque token with the user id, and refuse a forged one", async () => {
    const simulator = await openSimulator();
    const token = await simulator.token("everyday");
    const { next_token } = await simulator.page(`heartrate?${MONTH}`, token);
    expect(atob(String(next_token).slice(2))).toContain("new_start_time");
    for (const made of ["nonsense", "1:bm90IGpzb24=", "1:%%%"]) {
      const response = await simulator.get(`heartrate?${MONTH}&next_token=${encodeURIComponent(made)}`, token);
      expect(response.status, made).toBe(400);
    }
  });

  it("of heartrate without parameters cover the last 24 hours", async () => {
    const simulator = await openSimulator();
    const rows = await simulator.list("heartrate", await simulator.token("everyday"));
    expect(String(rows[0]?.timestamp) > "2026-10-06T16:00").toBe(true);
    expect(String(rows.at(-1)?.timestamp) > "2026-10-07T15:00").toBe(true);
  });
});

describe("refused parameters", () => {
  it("answer 422 in pydantic's format", async () => {
    const simulator = await openSimulator();
    const response = await simulator.get("daily_sleep?start_date=yesterday-ish", await simulator.token("everyday"));
    expect(response.status).toBe(422);
    const issue = z.object({ type: z.string(), loc: z.array(z.string()), msg: z.string(), input: z.string() });
    const { detail } = z.object({ detail: z.array(issue) }).parse(await response.json());
    expect(detail[0]?.loc).toEqual(["query", "start_date", "datetime"]);
  });

  it.each([
    ["an impossible date", "daily_sleep?start_date=2026-02-30"],
    ["an empty date", "daily_sleep?start_date="],
    ["an unescaped plus, which is a space", "heartrate?start_datetime=2026-09-29T00:00:00+02:00"],
    ["a `latest` that is not a boolean", "heartrate?latest=perhaps"],
  ])("answer 422 for %s", async (_, path) => {
    const simulator = await openSimulator();
    expect((await simulator.get(path, await simulator.token("everyday"))).status).toBe(422);
  });

  it.each([
    ["a reversed range", "daily_sleep?start_date=2026-09-30&end_date=2026-09-28"],
    ["a reversed range of times", "heartrate?start_datetime=2026-09-30T00:00:00Z&end_datetime=2026-09-28T00:00:00Z"],
    [
      "more than 30 days of heart rate",
      "heartrate?start_datetime=2026-08-01T00:00:00Z&end_datetime=2026-09-28T00:00:00Z",
    ],
  ])("answer 400 for %s", async (_, path) => {
    const simulator = await openSimulator();
    const response = await simulator.get(path, await simulator.token("everyday"));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: expect.any(String) });
  });
});

describe("single documents", () => {
  it.each(["daily_activity", "sleep", "daily_readiness", "workout", "enhanced_tag"])(
    "of %s are found by id",
    async (route) => {
      const simulator = await openSimulator();
      const token = await simulator.token("everyday");
      const [document = {}] = await simulator.list(`${route}?start_date=2026-09-01&end_date=2026-10-01`, token);
      expect(await (await simulator.get(`${route}/${document.id}`, token)).json()).toEqual(document);
    },
  );

  it("of another person or route, or unknown ones, are not found", async () => {
    const simulator = await openSimulator();
    const [{ id } = {}] = await simulator.held("everyday", "daily_sleep");
    for (const [path, person] of [
      [`daily_sleep/${id}`, "two_rings"],
      [`daily_readiness/${id}`, "everyday"],
      ["daily_sleep/made-up", "everyday"],
    ] as const) {
      const response = await simulator.get(path, await simulator.token(person));
      expect(response.status, path).toBe(404);
      expect(await response.json()).toEqual({ detail: "Document not found." });
    }
  });

  it.each(["heartrate/x", "ring_battery_level/x", "personal_info/x", "daily_dreams", "vo2_max"])(
    "do not exist at %s",
    async (path) => {
      const simulator = await openSimulator();
      const response = await simulator.get(path, await simulator.token("everyday"));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ detail: "Not Found" });
    },
  );
});

it("sends Oura's usual headers and no rate headers with success", async () => {
  const simulator = await openSimulator();
  const { headers } = await simulator.get("personal_info", await simulator.token("everyday"));
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.get("cache-control")).toBe("no-cache");
  expect(headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  expect([...headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
});

it("lists both rings, the old one with the date of 1970", async () => {
  const simulator = await openSimulator();
  const rings = await simulator.list("ring_configuration", await simulator.token("two_rings"));
  expect(pluck(rings, "hardware_type")).toEqual(["gen3", "gen4"]);
  expect(rings[0]?.set_up_at).toBe("1970-01-01T00:00:00.000+00:00");
});
