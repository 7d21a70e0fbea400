import { describe, expect, it } from "vitest";
import { DATA_ROUTES } from "../../sandbox/api/routes.ts";
import { FAULT_KINDS, type FaultKind, OAUTH_ROUTES } from "../../sandbox/control/faults.ts";
import { allScopes } from "../../sandbox/scopes.ts";
import { ADDRESSES, authorizeAddress, CLIENT, connect, decide, exchange, refresh } from "./browser.ts";
import { type OpenSimulator, ORIGIN, openSimulator } from "./open-simulator.ts";

/** Short delays; other settings have their defaults. */
const SETTINGS: Partial<Record<FaultKind, object>> = {
  latency: { ms: 2 },
  timeout: { ms: 2 },
  stalled: { ms: 2 },
  wrong_body: { body: "[]" },
  surprise: { surprise: "nulls" },
  many_rows: { rows: 10 },
  narrowed_scopes: { scopes: allScopes() },
};

async function requestTo(simulator: OpenSimulator, route: string): Promise<Response> {
  const { access_token, refresh_token } = await simulator.tokens("everyday");
  switch (route) {
    case "authorize":
      return simulator.app.request(authorizeAddress("new"));
    case "token":
      return refresh(simulator, "new", refresh_token);
    case "revoke":
      return simulator.app.request(ORIGIN + ADDRESSES.new.revoke, {
        method: "POST",
        body: new URLSearchParams({ token: access_token, ...CLIENT }),
      });
    default:
      return simulator.get(route, access_token);
  }
}

/** The answer as a client sees it, in one word. */
async function outcome(response: Response): Promise<string> {
  const text = await response.text().catch(() => null);
  if (text === null) return `${response.status} broken`;
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json")) {
    try {
      JSON.parse(text);
    } catch {
      return `${response.status} cut`;
    }
    return `${response.status}`;
  }
  if (text === "") return `${response.status} empty`;
  return `${response.status} ${text.trimEnd().endsWith("</html>") ? "page" : "cut"}`;
}

/** The expected outcome of a data route under each fault. */
const EXPECTED: Record<FaultKind, string> = {
  latency: "200",
  server_error: "500 page",
  rate_limited: "429",
  timeout: "504 page",
  malformed: "200 cut",
  html: "200 page",
  lost_answer: "504 page",
  reset: "200 broken",
  stalled: "200 cut",
  wrong_body: "200",
  surprise: "200",
  endless_pages: "200",
  many_rows: "200",
  narrowed_scopes: "401",
  unnamed_scopes: "200",
  refused_app: "401",
  revoked_grant: "401",
  lapsed_membership: "403",
};

describe("every route under every fault", () => {
  const matrix = new Map<string, Map<FaultKind, string>>();
  const routes = [...DATA_ROUTES, ...OAUTH_ROUTES];

  it.each(routes)("%s answers to each", async (route) => {
    const cells = new Map<FaultKind, string>();
    for (const kind of FAULT_KINDS) {
      const simulator = await openSimulator();
      const faults = [{ kind, route, person: "*", ...SETTINGS[kind] }];
      expect((await simulator.control("PUT", "faults", { faults })).status).toBe(200);
      cells.set(kind, await outcome(await requestTo(simulator, route)));
    }
    matrix.set(route, cells);
    if (route === "personal_info")
      expect(Object.fromEntries(cells)).toEqual({ ...EXPECTED, lapsed_membership: "200", narrowed_scopes: "200" });
    else if (DATA_ROUTES.includes(route)) expect(Object.fromEntries(cells)).toEqual(EXPECTED);
  });

  it("has an outcome in every cell of the matrix", () => {
    const line = (cells: readonly string[]): string => cells.map((cell, i) => cell.padEnd(i === 0 ? 26 : 18)).join("");
    const table = [line(["", ...FAULT_KINDS])];
    for (const route of routes) {
      const cells = FAULT_KINDS.map((kind) => matrix.get(route)?.get(kind) ?? "");
      table.push(line([route, ...cells]));
      expect(
        cells.filter((cell) => cell === ""),
        route,
      ).toEqual([]);
    }
    console.log(table.join("\n"));
  });
});

describe("a fault", () => {
  it("affects only the person and route it names", async () => {
    const simulator = await openSimulator();
    const [mine, theirs] = [await simulator.token("everyday"), await simulator.token("gen2")];
    await simulator.control("PUT", "faults", {
      faults: [{ kind: "server_error", person: "everyday", route: "sleep" }],
    });
    expect((await simulator.get("sleep", mine)).status).toBe(500);
    expect((await simulator.get("daily_sleep", mine)).status).toBe(200);
    expect((await simulator.get("sleep", theirs)).status).toBe(200);
    await simulator.control("DELETE", "faults");
    expect((await simulator.get("sleep", mine)).status).toBe(200);
  });

  it("leaves `scope` out of the redirect and of the token answer, and of nothing else", async () => {
    const simulator = await openSimulator();
    await simulator.control("PUT", "faults", { faults: [{ kind: "unnamed_scopes", person: "everyday" }] });
    const redirect = await decide(simulator, authorizeAddress("new"));
    expect([...redirect.searchParams.keys()].toSorted()).toEqual(["code", "iss", "state"]);
    const answer = await (await exchange(simulator, "new", redirect.searchParams.get("code"))).json();
    expect(answer).not.toHaveProperty("scope");
    expect(answer).toMatchObject({ token_type: "bearer", access_token: expect.any(String) });
    const other = await decide(simulator, authorizeAddress("new"), { person: "gen2" });
    expect(other.searchParams.get("scope")).toContain("extapi:daily");
  });

  it("of the content type keeps the status of an error", async () => {
    const simulator = await openSimulator();
    const faults = [
      { kind: "lapsed_membership", person: "everyday", route: "sleep" },
      { kind: "wrong_body", person: "everyday", route: "sleep", body: null, contentType: "text/plain" },
    ];
    await simulator.control("PUT", "faults", { faults });
    expect((await simulator.get("sleep", await simulator.token("everyday"))).status).toBe(403);
  });

  it("of a hundred thousand rows is applied after changes of documents, and before broken connections", async () => {
    const simulator = await openSimulator();
    const route = { person: "everyday", route: "daily_activity" };
    const token = await simulator.token("everyday");
    const long = { ...route, kind: "many_rows", rows: 100_000 };
    for (const other of [
      { kind: "surprise", surprise: "future_record" },
      { kind: "wrong_body", body: "[]" },
      { kind: "malformed" },
    ]) {
      await simulator.control("PUT", "faults", { faults: [long, { ...route, ...other }] });
      const response = await simulator.get("daily_activity", token);
      expect([other.kind, response.status]).toEqual([other.kind, 200]);
      await response.body?.cancel();
    }
  });

  it("fires the given number of times, then the next fault applies", async () => {
    const simulator = await openSimulator();
    const token = await simulator.token("everyday");
    const faults = [
      { kind: "server_error", status: 503, times: 2 },
      { kind: "rate_limited", times: 1, retryAfter: null, tier: "application" },
    ];
    await simulator.control("PUT", "faults", { faults });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await simulator.get("sleep", token)).status);
    expect(statuses).toEqual([503, 503, 429, 200]);
  });

  it("of a rate limit can omit Retry-After and names its tier", async () => {
    const simulator = await openSimulator();
    await simulator.control("PUT", "faults", {
      faults: [{ kind: "rate_limited", tier: "application", retryAfter: null }],
    });
    const { headers } = await simulator.get("sleep", await simulator.token("everyday"));
    expect(headers.get("retry-after")).toBeNull();
    expect(headers.get("x-ratelimit-tier")).toBe("application");
  });

  it("that loses the answer uses up the refresh token", async () => {
    const simulator = await openSimulator();
    const { refresh_token } = await connect(simulator, "new");
    await simulator.control("PUT", "faults", { faults: [{ kind: "lost_answer", route: "token", times: 1 }] });
    expect((await refresh(simulator, "new", refresh_token)).status).toBe(504);
    const again = await refresh(simulator, "new", refresh_token);
    expect(await again.text()).toContain("Refresh token already used.");
  });

  it("of a server error does not use up the refresh token", async () => {
    const simulator = await openSimulator();
    const { refresh_token } = await connect(simulator, "new");
    await simulator.control("PUT", "faults", { faults: [{ kind: "server_error", route: "token", times: 1 }] });
    expect((await refresh(simulator, "new", refresh_token)).status).toBe(500);
    expect((await refresh(simulator, "new", refresh_token)).status).toBe(200);
  });

  it("of an unknown kind is refused", async () => {
    const simulator = await openSimulator();
    const response = await simulator.control("PUT", "faults", { faults: [{ kind: "earthquake" }] });
    expect(response.status).toBe(400);
  });
});
