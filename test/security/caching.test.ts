import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createRouter } from "../../src/router.tsx";
import { openConsent } from "../support/consent.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { mcpRequest } from "../support/wire.ts";

let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
});

/** The only routes whose answers are the same for everyone and may be cached. */
const shared = ["/assets/:name", "/preview/view", "/llms.txt", "/.well-known/mcp/server-card.json"];

/** All routes of the router, so that new routes are tested automatically. */
function routes(): { method: string; path: string }[] {
  const settings = readSettings(env);
  if (settings.kind !== "ready") throw new Error("the test pool has all settings");
  const found = createRouter(settings, origin).routes.filter(({ method, path }) => method !== "ALL" && path !== "/*");
  return [...new Map(found.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];
}

let addresses = 0;

function ask(method: string, path: string, cookie: string): Promise<Response> {
  addresses += 1;
  return exports.default.fetch(`${origin}${path.replace(":name", "style.css")}`, {
    method,
    redirect: "manual",
    ...(method === "POST" ? { body: "{}" } : {}),
    headers: {
      ...(cookie && { cookie }),
      origin,
      "content-type": "application/json",
      accept: "application/json",
      "cf-connecting-ip": `10.15.0.${addresses}`,
    },
  });
}

async function kept(response: Response): Promise<string | null> {
  await response.text();
  return response.headers.get("cache-control");
}

describe("caching", () => {
  it("is tested for every route", () => {
    expect(routes().length).toBeGreaterThan(35);
  });

  it("is forbidden for an answer with a token or personal data, or a refusal of one", async () => {
    const { tokens, client, browser } = assistant;
    const renew = (refresh_token: string) =>
      browser.submitForm(
        "/oauth/token",
        new URLSearchParams({ grant_type: "refresh_token", client_id: client.clientId, refresh_token }),
      );
    const renewed = await renew(tokens.refresh_token ?? "");
    expect([renewed.status, await kept(renewed)]).toEqual([200, "no-store"]);
    expect(await kept(await renew("made-up"))).toBe("no-store");
    const params = { name: "oura_get_device", arguments: {} };
    for (const [token, status] of [
      [tokens.access_token, 200],
      ["a:b:c", 401],
    ] as const) {
      const answer = await exports.default.fetch(mcpRequest(token, { method: "tools/call", params }));
      expect([answer.status, await kept(answer)]).toEqual([status, expect.stringContaining("no-store")]);
    }
  });

  it("is forbidden for a redirect with a code", async () => {
    const consent = await openConsent(assistant.browser);
    const answer = await consent.browser.submitForm(consent.address, consent.form());
    expect(answer.headers.get("location")).toContain("code=");
    expect(await kept(answer)).toBe("no-store");
  });

  it.each(routes().filter(({ path }) => !shared.includes(path)))(
    "is forbidden for $method $path, with and without a session",
    async ({ method, path }) => {
      const ends = path === "/delete-account" || path.startsWith("/sign-out"); // these end the session, which later requests need
      const cookies = ends ? [""] : ["", assistant.browser.cookies()];
      for (const cookie of cookies) expect(await kept(await ask(method, path, cookie))).toBe("no-store");
    },
  );
});

it.each(["/assets/style.css", "/preview/view"])(
  "%s is the same for everyone and may be cached for some minutes",
  async (path) => {
    expect(await kept(await ask("GET", path, assistant.browser.cookies()))).toBe("public, max-age=300");
  },
);
