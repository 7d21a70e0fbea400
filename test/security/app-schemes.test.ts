import { beforeAll, describe, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import { allowAtOura, discover, exchangeCode, registerClient } from "../../sandbox/walk.ts";
import { expectLocalPage, type OpenConsent, openConsent } from "../support/consent.ts";
import { callTool, createBrowser, origin } from "../support/product.ts";

/** Numbers are the lines of docs/security.md. */
const redirectUri = "cursor://anysphere.cursor-mcp/oauth/callback";
let consent: OpenConsent;

beforeAll(async () => {
  consent = await openConsent();
});

function register(redirect_uris: readonly string[]): Promise<Response> {
  return createBrowser().postJson("/oauth/register", {
    client_name: "Cursor",
    redirect_uris,
    token_endpoint_auth_method: "none",
  });
}

async function clientWith(...addresses: string[]): Promise<string> {
  return (await (await register(addresses)).json<{ client_id: string }>()).client_id;
}

function ask(clientId: string, address: string, changes: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams({
    ...Object.fromEntries(consent.query),
    client_id: clientId,
    redirect_uri: address,
    ...changes,
  });
  return consent.browser.open(`/authorize?${query}`);
}

describe("7. an app with a scheme of its own", () => {
  it("7. that is known gets its code there, and the consent page and the panel name it", async () => {
    const { browser } = consent;
    const server = await discover(browser);
    const client = await registerClient(browser, server, { name: "Cursor", redirectUri });
    const verifier = "v".repeat(43);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    const challenge = new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
    const asked = await ask(client.clientId, redirectUri, { code_challenge: challenge });
    const html = await asked.text();
    expect(html).toContain("the app that opens cursor: addresses (Cursor)");
    expect(html).toContain("If you press Allow, an app on this device gets access to your data.");
    expect(asked.headers.get("content-security-policy")).toMatch(/form-action 'self' cursor: https:\/\/oura\.test;/);
    const { fields } = readPageForm(html);
    const form = new URLSearchParams({ ...fields, scope: "daily", decision: "allow" });
    const toOura = await browser.submitForm(`/authorize?${new URL(asked.url).searchParams}`, form);
    const back = await browser.open(await allowAtOura(browser, toOura.headers.get("location") ?? "", "everyday"));
    const location = back.headers.get("location") ?? "";
    expect(location.startsWith(`${redirectUri}?`)).toBe(true);
    const code = new URL(location).searchParams.get("code") ?? "";
    const tokens = await exchangeCode(browser, server, client, { code, verifier });
    expect((await callTool(tokens.access_token, "oura_get_permissions", {})).isError).toBeUndefined();
    expect(await (await browser.open("/panel")).text()).toContain("the app that opens cursor: addresses (Cursor)");
  });

  it("7. that is known is told there of a Deny and of a mistake", async () => {
    const client = await clientWith(redirectUri);
    const asked = await ask(client, redirectUri);
    const { fields } = readPageForm(await asked.text());
    const form = new URLSearchParams({ ...fields, decision: "deny" });
    const denied = await consent.browser.submitForm(`/authorize?${new URL(asked.url).searchParams}`, form);
    const mistaken = await ask(client, redirectUri, { code_challenge_method: "plain" });
    for (const [answer, error] of [
      [denied, "access_denied"],
      [mistaken, "invalid_request"],
    ] as const) {
      expect(answer.headers.get("location")).toMatch(new RegExp(`^cursor://.*error=${error}`));
    }
  });

  it("7. must match exactly: another path of the same scheme is refused", async () => {
    const client = await clientWith(redirectUri);
    await expectLocalPage(await ask(client, "cursor://anysphere.cursor-mcp/elsewhere"), /The assistant got no access/);
    await expectLocalPage(await ask(client, "cursor://elsewhere/oauth/callback"), /The assistant got no access/);
  });

  it.each(["evil://callback", "com.example.app:/callback", "tel:123", "intent://x#Intent;end"])(
    "7. that is not known cannot register %s alone, and is told which kinds of address can be",
    async (address) => {
      const answer = await register([address]);
      expect(answer.status).toBe(400);
      if (!address.includes("#")) expect(await answer.text()).toMatch(/https address.*Cursor.*VS Code/);
    },
  );

  it("7. that is not known gets a page with the reason, with and without a further mistake, and never a redirect", async () => {
    const client = await clientWith("evil://callback", "http://127.0.0.1/callback");
    const mistakes: Record<string, string>[] = [{}, { code_challenge_method: "plain" }, { response_type: "token" }];
    for (const changes of mistakes) {
      await expectLocalPage(
        await ask(client, "evil://callback", changes),
        /an app that this service does not know. Addresses that start with “evil:” open this app/,
      );
    }
    expect((await ask(client, "http://127.0.0.1:4000/callback")).status).toBe(200); // its other address works
  });

  it("7. is not confused with http to another computer, which gets its own reason", async () => {
    const client = await clientWith(`${origin}/callback`);
    await expectLocalPage(
      await ask(client, "http://192.168.1.20/callback"),
      /on another computer, without encryption \(http\)/,
    );
  });
});
