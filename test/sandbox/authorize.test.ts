import { describe, expect, it } from "vitest";
import { SCOPES } from "../../sandbox/scopes.ts";
import { authorizeAddress, boxesOn, decide, REDIRECT } from "./browser.ts";
import { openSimulator } from "./open-simulator.ts";

async function pageFor(address: string): Promise<string> {
  const { app } = await openSimulator();
  return (await app.request(address)).text();
}

describe("the permission page", () => {
  it("lists every permission if none is requested by name", async () => {
    const page = await pageFor(authorizeAddress("new"));
    expect(boxesOn(page).map(({ label }) => label)).toEqual(Object.values(SCOPES));
    expect(page).toContain("<title>Ōura (simulator)</title>");
    expect(page).toContain('<label for="person">Sign in as</label>');
    expect(page).toMatch(/<option value="everyday" selected>/);
    expect(page).toMatch(/>Allow<\/button>[\s\S]*>Deny<\/button>/);
  });

  it.each([
    ["new", "extapi:daily extapi:tag", ["daily", "tag"]],
    ["new", "daily tag", []],
    ["new", "extapi:daily tag extapi:spo2Daily extapi:unknown", ["daily"]],
    ["legacy", "daily extapi:tag", ["daily", "tag"]],
    ["legacy", "daily spo2Daily nonsense", ["daily"]],
  ] as const)("of the %s address drops misspelt permissions without a word: %s", async (generation, scope, shown) => {
    expect(boxesOn(await pageFor(authorizeAddress(generation, { scope }))).map((box) => box.scope)).toEqual(shown);
  });

  it("escapes the parameters it shows", async () => {
    const { app } = await openSimulator();
    const response = await app.request(authorizeAddress("new", { client_id: "<script>alert(1)</script>" }));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("<script>");
  });
});

describe("deciding", () => {
  it("sends code, prefixed permissions, state and issuer back from the new address", async () => {
    const back = await decide(await openSimulator(), authorizeAddress("new", { scope: "extapi:daily extapi:tag" }));
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect([...back.searchParams.keys()].sort()).toEqual(["code", "iss", "scope", "state"]);
    expect(back.searchParams.get("scope")).toBe("extapi:daily extapi:tag");
    expect(back.searchParams.get("iss")).toMatch(/\/oauth-anonymous$/);
  });

  it("adds the prefix to bare names on the legacy address, which returns no issuer", async () => {
    const back = await decide(await openSimulator(), authorizeAddress("legacy", { scope: "daily tag" }));
    expect(back.searchParams.get("scope")).toBe("extapi:daily extapi:tag");
    expect(back.searchParams.has("iss")).toBe(false);
  });

  it("grants what stayed ticked, and never what was not requested", async () => {
    const address = authorizeAddress("new", { scope: "extapi:daily extapi:tag" });
    const back = await decide(await openSimulator(), address, { ticked: ["tag", "email"] });
    expect(back.searchParams.get("scope")).toBe("extapi:tag");
  });

  it("keeps the query of the redirect address", async () => {
    const redirect_uri = `${REDIRECT}?tab=2`;
    const back = await decide(await openSimulator(), authorizeAddress("new", { redirect_uri }));
    expect(back.searchParams.get("tab")).toBe("2");
  });

  it("returns access_denied after Deny", async () => {
    const back = await decide(await openSimulator(), authorizeAddress("new"), { decision: "deny" });
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: "access_denied", state: "s1" });
  });

  it("refuses any response type except code", async () => {
    const { app } = await openSimulator();
    const response = await app.request(authorizeAddress("new", { response_type: "token" }));
    expect(response.headers.get("location")).toContain("error=unsupported_response_type");
  });
});

describe("a request that cannot be trusted", () => {
  it.each([
    ["an unknown app", { client_id: "stranger" }],
    ["an app of the old system at the new address", { client_id: "sandbox-legacy" }],
    ["no redirect", { redirect_uri: "" }],
    ["a redirect to 127.0.0.1", { redirect_uri: "http://127.0.0.1:1234/callback" }],
    ["a redirect over plain http", { redirect_uri: "http://ringbridge.example/callback" }],
    ["a redirect to a script", { redirect_uri: "javascript:alert(1)" }],
  ])("gets an error page instead of a redirect: %s", async (_, parameters) => {
    const { app } = await openSimulator();
    for (const method of ["GET", "POST"]) {
      const response = await app.request(authorizeAddress("new", parameters), { method });
      expect(response.status).toBe(400);
      expect(response.headers.get("location")).toBeNull();
    }
  });

  it("does not include a redirect to localhost over http", async () => {
    const { app } = await openSimulator();
    const response = await app.request(authorizeAddress("new", { redirect_uri: "http://localhost:1234/callback" }));
    expect(response.status).toBe(200);
  });
});
