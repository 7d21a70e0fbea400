import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Visitor } from "../../sandbox/visitor.ts";
import { authorizeClient, createAccount, discover, register, signIn } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { callTool, connectAssistant, createBrowser } from "../support/product.ts";
import { refreshAs } from "../support/token-requests.ts";

describe("several approvals of one program on one computer", () => {
  const cards = async (browser: Visitor) => {
    const panel = await (await browser.open("/panel")).text();
    return panel.split(/<section class="card" aria-labelledby="assistant-/).slice(1);
  };

  it("name the browser, say which is older, and the older one ends once only the newer one is used for a month", async () => {
    const browser = createBrowser();
    const passkey = await createAccount(browser);
    await register(browser);
    const older = await connectAssistant({ browser });
    await older.call("oura_get_permissions");
    await clock.advance(13 * 3_600_000);
    await signIn(browser, passkey); // a new session of the same browser
    const newer = await connectAssistant({ browser });
    await newer.call("oura_get_permissions");
    const [first, second] = await cards(browser);
    expect(first).toMatch(/Allowed in<\/dt>\s*<dd>\s*A browser\s*<strong>\(this one\)/);
    expect([
      first?.includes("of the same name again in the same browser"),
      second?.includes("of the same name again in the same browser"),
    ]).toEqual([false, true]);

    await clock.advance(30 * 86_400_000);
    await signIn(browser, passkey);
    const tokens = await refreshAs(newer, newer.tokens.refresh_token ?? "");
    await callTool(tokens.access_token, "oura_get_permissions", {});
    await runInDurableObject(env.RING_AGENT.getByName(older.accountId), (object) => object.flush());
    expect(await cards(browser)).toHaveLength(1);
    expect((await refreshAs(older, older.tokens.refresh_token ?? "")).status).toBe(400);
    expect((await refreshAs(newer, tokens.refresh_token)).status).toBe(200);
  });

  it("do not affect each other when they were given in different browsers", async () => {
    const first = createBrowser();
    const passkey = await createAccount(first);
    await register(first);
    const older = await connectAssistant({ browser: first });
    const other = createBrowser();
    await signIn(other, passkey);
    await connectAssistant({ browser: other });
    const shown = await cards(other);
    expect(shown.map((card) => card.includes("of the same name again in the same browser"))).toEqual([false, false]);
    expect(shown.map((card) => /Allowed in<\/dt>\s*<dd>[^<]*<strong>/.test(card))).toEqual([true, false]);
    expect((await older.call("oura_get_permissions")).isError).toBeUndefined();
  });

  it("leave the list when their code was never redeemed", async () => {
    const { browser, client, accountId } = await connectAssistant();
    const choices = { person: "x", scopes: null };
    await authorizeClient(browser, await discover(browser), client, choices);
    expect(await cards(browser)).toHaveLength(2);
    await clock.advance(11 * 60_000);
    await runDurableObjectAlarm(env.RING_AGENT.getByName(accountId));
    expect(await cards(browser)).toHaveLength(1);
  });
});
