import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import {
  type Assistant,
  connectAssistant,
  createBrowser,
  origin,
  resetSimulator,
  sendRpc,
} from "../support/product.ts";

const day = 86_400_000;

const introduction = z.object({
  serverInfo: z.object({
    websiteUrl: z.string(),
    icons: z.array(z.object({ src: z.string(), mimeType: z.string() })),
  }),
});

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

const openPanel = async ({ browser }: Pick<Assistant, "browser">) => (await browser.open("/panel")).text();

/** Writes unwritten activity to storage. */
const flush = (accountId: string) =>
  runInDurableObject(env.RING_AGENT.getByName(accountId), (object) => object.flush());

const keysOf = (accountId: string) =>
  runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, { storage }) =>
    Array.from(storage.kv.list(), ([key]) => key),
  );

describe("a passkey's name", () => {
  async function openWithPasskey() {
    const browser = createBrowser();
    await createAccount(browser);
    const html = await openPanel({ browser });
    const id = /action="\/passkeys\/remove">\s*<input type="hidden" name="id" value="([^"]+)"/.exec(html)?.[1] ?? "";
    return { browser, html, id };
  }

  it("is its browser and system until the person changes it, and is shown as text", async () => {
    const { browser, html, id } = await openWithPasskey();
    expect(html).toContain("Passkey from A browser");
    const form = new URLSearchParams({ id, name: "  My <b>telephone</b>\u202E " });
    const renamed = await browser.submitForm("/passkeys/name", form);
    expect(renamed.headers.get("location")).toBe("/panel?message=passkey-named");
    expect(await openPanel({ browser })).toContain("My &lt;b&gt;telephone&lt;/b&gt;</span>");
  });

  it.each(["", "   ", "x".repeat(61)])("cannot be %j", async (name) => {
    const { browser, id } = await openWithPasskey();
    const refused = await browser.submitForm("/passkeys/name", new URLSearchParams({ id, name }));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("1 to 60 characters");
  });
});

describe("activity", () => {
  it("lists calls newest first, with first and last use of the assistant", async () => {
    const assistant = await connectAssistant();
    const before = await openPanel(assistant);
    expect(before).toContain("No assistant has used a tool yet.");
    expect(before).toMatch(/<dt>First used<\/dt><dd>never<\/dd>/);
    await assistant.call("oura_get_device");
    await flush(assistant.accountId);
    await clock.advance(2 * 3_600_000);
    await assistant.call("oura_get_permissions");
    const html = await openPanel(assistant); // includes calls that are not written yet
    const tools = Array.from(html.matchAll(/<code>(oura_[a-z_]+)<\/code>/g), ([, tool]) => tool);
    expect(tools).toEqual(["oura_get_permissions", "oura_get_device"]);
    expect(html).toMatch(/<dt>First used<\/dt><dd><time[^>]*>2 hours ago/);
    expect(html).toMatch(/<dt>Last used<\/dt><dd><time[^>]*>just now/);
  });

  it("says beside each call how it ended, in a colour, and when as an age", async () => {
    const assistant = await connectAssistant({ scopes: ["daily"] });
    await assistant.call("oura_get_device"); // not allowed for this assistant
    await assistant.call("oura_get_sleep_sessions");
    await control("PUT", "/faults", { faults: [{ kind: "reset", when: "before" }] });
    await assistant.call("oura_get_sleep_sessions", { end_date: "yesterday" });
    await clock.advance(3 * 3_600_000);
    const log = /<ol class="log">.*?<\/ol>/s.exec(await openPanel(assistant))?.[0] ?? "";
    const outcomes = Array.from(log.matchAll(/<span class="outcome (\w+)">([^<]*)/g), ([, tone, text]) => [tone, text]);
    expect(outcomes).toEqual([
      ["warning", "Ōura unavailable"],
      ["good", "Answered"],
      ["warning", "Not granted"],
    ]);
    expect(log.match(/>3 hours ago</g)).toHaveLength(3);
  });

  it("and a revoked assistant are deleted after 30 days, even without a visit", async () => {
    const assistant = await connectAssistant();
    await assistant.call("oura_get_permissions");
    await flush(assistant.accountId);
    await assistant.browser.submitForm("/assistants/revoke-all", new URLSearchParams());
    const kinds = async () => new Set((await keysOf(assistant.accountId)).map((key) => key.split(":")[0]));
    expect(await kinds()).toEqual(new Set(["account", "activity", "assistant", "connection", "session"]));
    await clock.advance(30 * day + 1_000);
    await runDurableObjectAlarm(env.RING_AGENT.getByName(assistant.accountId));
    expect(await kinds()).toEqual(new Set(["account", "connection"]));
  });
});

describe("the state of the connection", () => {
  const badgeOf = (html: string) => /<span class="badge push (\w+)">([^<]*)/.exec(html)?.slice(1);

  it("is not a green Connected after a call that the membership did not allow, and is again after one that worked", async () => {
    const assistant = await connectAssistant({ person: "lapsed" });
    expect(badgeOf(await openPanel(assistant))).toEqual(["connected", "Connected"]);
    await assistant.call("oura_get_sleep_sessions");
    await flush(assistant.accountId); // kept for the next visit
    const html = await openPanel(assistant);
    expect(badgeOf(html)).toEqual(["trouble", "No membership"]);
    expect(html).toContain("Renew the membership in the Ōura app.");
    expect(html).toContain("Disconnect");
  });

  it.each<[object, string]>([
    [{ kind: "lapsed_membership" }, "No membership"],
    [{ kind: "narrowed_scopes", scopes: ["daily"] }, "Not granted"],
    [{ kind: "server_error", status: 503 }, "Ōura unavailable"],
    [{ kind: "rate_limited", retryAfter: 600 }, "Ōura unavailable"],
    [{ kind: "html" }, "Ōura unavailable"],
  ])("is %j in words until a call works", async (fault, words) => {
    const assistant = await connectAssistant();
    await control("PUT", "/faults", { faults: [fault] });
    await assistant.call("oura_get_sleep_sessions");
    expect(badgeOf(await openPanel(assistant))).toEqual(["trouble", words]);
    await control("PUT", "/faults", { faults: [] });
    await assistant.call("oura_get_sleep_sessions", { end_date: "yesterday" });
    expect(badgeOf(await openPanel(assistant))).toEqual(["connected", "Connected"]);
  });

  it("stays Connected when a question is not understood or an assistant may not read something", async () => {
    const assistant = await connectAssistant({ scopes: ["daily"] });
    await assistant.call("oura_get_device");
    await assistant.call("oura_get_sleep_sessions", { start_date: "soon" });
    expect(badgeOf(await openPanel(assistant))).toEqual(["connected", "Connected"]);
  });
});

it("reloads itself while the person waits for a place, without repeating the first message", async () => {
  await env.REGISTRY.getByName("registry").setCapacity(0);
  const browser = createBrowser();
  await createAccount(browser);
  await register(browser);
  const response = await browser.open("/panel?message=no-place");
  expect(response.headers.get("refresh")).toBe("30; url=/panel");
  const html = await response.text();
  expect(html).toMatch(
    /number 1 of 1 in the queue of rings that wait to be connected. Your reference code is\s*<code>[0-9a-z]+<\/code>/,
  );
  expect(html).toContain("Pending</span>");
});

it("shows a client's name on one line and without characters that change the text direction", async () => {
  const { browser } = await connectAssistant();
  const server = await discover(browser);
  const name = `Claude\u202E\n${"very ".repeat(30)}long`;
  const client = await registerClient(browser, server, { name, redirectUri: "http://localhost:9/cb" });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    code_challenge: "x".repeat(43),
    code_challenge_method: "S256",
  });
  const html = await (await browser.open(`/authorize?${query}`)).text();
  expect(html).toMatch(/<h1>Allow “Claude very very [^<\n]{1,60}…” to read your Ōura Ring\?<\/h1>/);
  expect(html).not.toContain("\u202E");
});

it("tells assistants its address and existing icons", async () => {
  const assistant = await connectAssistant();
  const { result } = await sendRpc(assistant.tokens.access_token, "initialize", {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  });
  const { serverInfo } = introduction.parse(result);
  expect(serverInfo.websiteUrl).toBe(origin);
  expect(serverInfo.icons.map(({ mimeType }) => mimeType)).toEqual(["image/svg+xml", "image/png"]);
  for (const { src, mimeType } of serverInfo.icons) {
    const icon = await assistant.browser.open(src);
    expect(icon.headers.get("content-type")).toBe(mimeType);
    await icon.arrayBuffer();
  }
});
