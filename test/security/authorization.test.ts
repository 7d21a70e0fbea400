import { beforeAll, describe, expect, it } from "vitest";
import { expectLocalPage, type OpenConsent, openConsent, sendToOura } from "../support/consent.ts";
import { connectAssistant, createBrowser, origin } from "../support/product.ts";

/** Numbers are the lines of docs/security.md. */
let consent: OpenConsent;

beforeAll(async () => {
  consent = await openConsent();
});

function ask(change: Record<string, string | null>): Promise<Response> {
  const changed = new URLSearchParams(consent.query);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  return consent.browser.open(`/authorize?${changed}`);
}

/** The error parameters of a redirect to the client (RFC 6749 §4.1.2.1). */
function errorAtClient(response: Response): URLSearchParams {
  const location = response.headers.get("location") ?? "";
  expect(location.startsWith(consent.client.redirectUri)).toBe(true);
  return new URL(location).searchParams;
}

describe("7. a redirect address", () => {
  it.each([
    ["another host", "https://evil.test/callback"],
    ["another path", "http://127.0.0.1:4711/elsewhere"],
    ["a longer path", "http://127.0.0.1:4711/callback/more"],
    ["an additional query", "http://127.0.0.1:4711/callback?next=evil"],
    ["another scheme", "https://127.0.0.1:4711/callback"],
    ["another loopback name", "http://localhost:4711/callback"],
    ["a user name before the host", "http://127.0.0.1:4711@evil.test/callback"],
    ["a host that only begins with the right name", "http://127.0.0.1.evil.test:4711/callback"],
    ["nothing", ""],
  ])("7. that is %s gets a page of ours and no redirect", async (_name, redirect_uri) => {
    await expectLocalPage(await ask({ redirect_uri }), /The assistant got no access/);
  });

  it("7. of an unknown client gets a page of ours", async () => {
    await expectLocalPage(await ask({ client_id: "nobody" }), /The assistant got no access/);
  });

  it("7. on this computer may have another port, but no other difference", async () => {
    expect((await ask({ redirect_uri: "http://127.0.0.1:52000/callback" })).status).toBe(200);
  });

  it.each(["http://assistant.test/callback", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "/callback"])(
    "7. %s cannot be registered",
    async (address) => {
      const answer = await createBrowser().postJson("/oauth/register", {
        client_name: "x",
        redirect_uris: [address],
        token_endpoint_auth_method: "none",
      });
      expect(answer.status).toBe(400);
    },
  );
});

it.each<[string, Record<string, string | null>]>([
  ["without a challenge", { code_challenge: null }],
  ["with an empty challenge", { code_challenge: "" }],
  ["with the plain method", { code_challenge_method: "plain" }],
  ["with no method, which means plain", { code_challenge_method: null }],
])("8. a request %s returns an error to the client", async (_name, change) => {
  expect(errorAtClient(await ask(change)).get("error")).toBe("invalid_request");
});

it.each(["https://elsewhere.test/mcp", `${origin}/other`, `${origin}/mcp/`, "not an address"])(
  "9. a request for the resource %j returns an error to the client",
  async (resource) => {
    expect(errorAtClient(await ask({ resource })).get("error")).toMatch(/invalid_target|invalid_request/);
  },
);

describe("10. the issuer", () => {
  it("10. is in the redirect of an invalid request", async () => {
    const error = errorAtClient(await ask({ code_challenge_method: "plain" }));
    expect(Object.fromEntries(error)).toMatchObject({ iss: origin, state: "client-state" });
    expect(error.has("code")).toBe(false);
  });

  it("10. is in the redirect after a Deny here and after a Deny at Oura", async () => {
    const denied = await openConsent();
    const here = await denied.browser.submitForm(denied.address, denied.form({ decision: "deny" }));
    const walk = await openConsent();
    const { state } = await sendToOura(walk);
    const atOura = await walk.browser.open(`/oura/callback?error=access_denied&state=${state}`);
    for (const response of [here, atOura]) {
      const answer = Object.fromEntries(new URL(response.headers.get("location") ?? "").searchParams);
      expect(answer).toEqual({ error: "access_denied", state: "client-state", iss: origin });
    }
  });

  it("10. is in the redirect with the code, so that clients can check it first", async () => {
    const { browser } = await connectAssistant();
    const again = await openConsent(browser);
    const allowed = await browser.submitForm(again.address, again.form());
    const { searchParams } = new URL(allowed.headers.get("location") ?? "");
    expect([searchParams.get("iss"), searchParams.has("code")]).toEqual([origin, true]);
  });
});
