import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { ouraRouteNames, ouraRoutes, pathOf } from "../../src/oura/routes.ts";
import { type ScopeName, scopeNames } from "../../src/oura/scopes.ts";
import { tools } from "../../src/tools/index.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, createBrowser } from "../support/product.ts";
import { mcpRequest } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */

/** Oura's routes that Ringbridge may read for an assistant with these scopes. */
function readableRoutes(allowed: readonly ScopeName[]): Set<string> {
  return new Set(ouraRouteNames.filter((name) => isReadable(name, allowed)).map((name) => pathOf(name)));
}

function isReadable(name: keyof typeof ouraRoutes, allowed: readonly ScopeName[]): boolean {
  // Oura allows a day's stress with `daily`; our consent page promises that it also needs Stress.
  if (name === "daily_stress") return allowed.includes("daily") && allowed.includes("stress");
  return allowed.includes(ouraRoutes[name].scope);
}

/** Arguments that make a tool read as much as possible. */
const widest: Partial<Record<string, object>> = {
  oura_get_device: { include_profile: true },
  oura_get_daily_summary: { include_baselines: true },
  oura_get_sleep_sessions: { include_time_series: true },
};

let first: Assistant;
let second: Assistant;

beforeAll(async () => {
  first = await connectAssistant({ scopes: [...scopeNames] });
  second = await connectAssistant({ scopes: [...scopeNames], person: "two_rings" });
});

describe("16. an assistant allowed only one kind of data", () => {
  it.each(scopeNames)("16. %s lets no tool or section read anything else", async (scope) => {
    // Two people, because of the limit of calls per account and minute.
    const person = scopeNames.indexOf(scope) % 2 === 0 ? first : second;
    const assistant = await connectAssistant({ browser: person.browser, scopes: [scope] });
    await control("DELETE", "/requests");
    for (const { name, scopes } of tools) {
      const result = await assistant.call(name, widest[name] ?? {});
      const needed: readonly ScopeName[] = scopes;
      if (needed.length > 0 && !needed.includes(scope)) {
        expect([name, result.isError]).toEqual([name, true]);
        expect(result.content[0]?.text).toContain("not allowed to read");
      }
    }
    const { routes } = await control<{ routes: Record<string, number> }>("GET", "/requests");
    const readable = readableRoutes([scope]);
    expect(Object.keys(routes).filter((route) => !readable.has(route))).toEqual([]);
  });
});

describe("16. an assistant allowed everything except one kind of data", () => {
  it.each(scopeNames)("16. %s never sees that kind", async (scope) => {
    const allowed = scopeNames.filter((name) => name !== scope);
    const person = scopeNames.indexOf(scope) % 2 === 0 ? second : first;
    const assistant = await connectAssistant({ browser: person.browser, scopes: allowed });
    await control("DELETE", "/requests");
    await assistant.call("oura_get_daily_summary", { start_date: "yesterday" });
    await assistant.call("oura_get_device", { include_profile: true });
    const { routes } = await control<{ routes: Record<string, number> }>("GET", "/requests");
    const readable = readableRoutes(allowed);
    expect(Object.keys(routes).filter((route) => !readable.has(route))).toEqual([]);
  });
});

it("16. a token that may read nothing is refused before any agent is called, with the missing scopes", async () => {
  const { client, tokens } = await connectAssistant({ browser: first.browser, scopes: ["daily"] });
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: tokens.refresh_token ?? "",
    client_id: client.clientId,
    scope: "offline_access",
  });
  const response = await createBrowser().submitForm("/oauth/token", form);
  const { access_token } = await response.json<{ access_token: string }>();
  const refused = await exports.default.fetch(mcpRequest(access_token));
  expect(refused.status).toBe(403);
  expect(refused.headers.get("www-authenticate")).toMatch(/insufficient_scope.*daily/);
});
