import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import { allowAtOura, createAccount, reconnect, register } from "../../sandbox/walk.ts";
import { bindingNames } from "../../src/bindings.ts";
import { createWorker } from "../../src/worker.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, connectAssistant, createBrowser, origin, resetSimulator } from "../support/product.ts";

/** What a person and an operator see when a key, a secret or a setting of the server is wrong. */

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

let commands = 0;

async function command(body: object): Promise<Record<string, unknown>> {
  commands += 1;
  const response = await exports.default.fetch(`${origin}/operator`, {
    method: "POST",
    headers: {
      authorization: "Bearer operator-key-of-the-tests",
      "content-type": "application/json",
      "cf-connecting-ip": `10.9.0.${commands}`,
    },
    body: JSON.stringify(body),
  });
  return response.json();
}

const flush = ({ accountId }: Assistant) =>
  runInDurableObject(env.RING_AGENT.getByName(accountId), (agent) => agent.flush());

async function troublesOf(assistant: Assistant) {
  await flush(assistant);
  return (await command({ command: "status" })).troubles_today;
}

/** Renames the key id in the stored tokens: the server then has no key with that id. */
function renameKey({ accountId }: Assistant, from: string, to: string): Promise<void> {
  return runInDurableObject(env.RING_AGENT.getByName(accountId), (_agent, { storage }) => {
    const held = storage.kv.get<{ sealed: string }>("connection");
    if (held) storage.kv.put("connection", { ...held, sealed: held.sealed.replace(`v1.${from}.`, `v1.${to}.`) });
  });
}

const readText = async (page: Response) => (await page.text()).replaceAll("&#39;", "'");
const textOf = async ({ browser }: Pick<Assistant, "browser">) => readText(await browser.open("/panel"));

it("says that the server's key changed in tools, permissions, panel and status, and is whole again with the key", async () => {
  const assistant = await connectAssistant();
  await renameKey(assistant, "test", "lost");
  const words = "This service's encryption key has changed, so this service cannot use the stored connection";

  const answer = await assistant.call("oura_get_device");
  expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(words) }] });
  expect(answer.content[0]?.text).toContain("press Reconnect");
  const { structuredContent } = await assistant.call("oura_get_permissions");
  expect(structuredContent).toMatchObject({ connection: "key_changed", summary: expect.stringContaining(words) });
  const panel = await textOf(assistant);
  expect(panel).toContain(words);
  expect(panel).toMatch(/class="badge push key_changed">Reconnect needed</);
  expect(panel).not.toContain("Show me last night");
  expect(await troublesOf(assistant)).toMatchObject({ key_changed: 3, refresh_refused: 0 });

  await renameKey(assistant, "lost", "test");
  expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
  expect(await textOf(assistant)).toContain('class="badge push connected">Connected<');
});

it("counts a panel that meets a changed key without any tool call", async () => {
  const assistant = await connectAssistant();
  await flush(assistant);
  await renameKey(assistant, "test", "lost");
  await textOf(assistant);
  expect(await troublesOf(assistant)).toMatchObject({ key_changed: 1 });
});

it("is connected again by one press on Reconnect after the key changed", async () => {
  const assistant = await connectAssistant();
  await renameKey(assistant, "test", "lost");
  await reconnect(assistant.browser, "everyday");
  expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
});

const refusedApp =
  "Ōura does not accept the credentials with which this service identifies itself. Only the operator of this service can correct that";

it("sends a person to the operator if Ōura refuses the app while connecting, and connects once it is corrected", async () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  const browser = createBrowser();
  await createAccount(browser);
  await register(browser);
  await control("PUT", "/faults", { faults: [{ kind: "refused_app", route: "token" }] });
  const toOura = await browser.submitForm("/connect", new URLSearchParams());
  const page = await browser.open(await allowAtOura(browser, toOura.headers.get("location") ?? "", "everyday"));
  const text = await readText(page);
  expect(text).toContain(refusedApp);
  expect(text).toContain("<h1>Ōura refuses this service</h1>");
  expect(errors.mock.calls.flat().filter((line) => String(line).includes("oura_app_refused"))).toEqual([
    JSON.stringify({ event: "oura_app_refused", check: ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET"] }),
  ]);
  errors.mockRestore();

  await control("PUT", "/faults", { faults: [] });
  await reconnect(browser, "everyday");
  expect(await textOf({ browser })).toContain('class="badge push connected">Connected<');
});

it.each([400, 401])(
  "says that Ōura refuses the app when a refresh meets it (%d), counts it, and works again after",
  async (status) => {
    const assistant = await connectAssistant();
    await control("PUT", "/faults", { faults: [{ kind: "refused_app", status, route: "token" }] });
    expect(await command({ command: "check" })).toEqual({ oura_app: "refused" });
    await control("POST", "/tokens/expire");
    const first = await assistant.call("oura_get_device");
    const second = await assistant.call("oura_get_daily_summary"); // within the wait, without a request to Ōura
    for (const answer of [first, second]) {
      expect(answer).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(refusedApp) }] });
    }
    expect(await troublesOf(assistant)).toMatchObject({ app_refused: 1, refresh_uncertain: 0, refresh_refused: 0 });

    await control("PUT", "/faults", { faults: [] });
    expect(await command({ command: "check" })).toEqual({ oura_app: "accepted" });
    await clock.advance(31_000);
    expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
  },
);

it("says that the check of the app is open while Ōura is down", async () => {
  await control("PUT", "/faults", { faults: [{ kind: "server_error", status: 503, route: "token" }] });
  expect(await command({ command: "check" })).toEqual({ oura_app: "unknown" });
});

it("says that the operator's capacity overrides the setting, and unsets it", async () => {
  expect(await command({ command: "status" })).toMatchObject({ capacity: 1000, capacity_set_by: "setting" });
  expect(await command({ command: "capacity", places: 3 })).toMatchObject({ capacity: 3, capacity_set_by: "operator" });
  expect(await command({ command: "status" })).toMatchObject({ capacity: 3, capacity_set_by: "operator" });
  expect(await command({ command: "capacity", places: null })).toMatchObject({
    capacity: 1000,
    capacity_set_by: "setting",
  });
});

it("works with the default of a malformed optional setting, and names it in the log and in /health, without its value", async () => {
  const warnings = vi.spyOn(console, "warn").mockImplementation(() => {});
  const settings: object = { BETA_CAPACITY: "ten", CACHE_SECONDS: "soon" };
  const worker = createWorker();
  const given = { ...env, ...settings };
  const get = (path: string) => worker.fetch(new Request(`${origin}${path}`), given, createExecutionContext());
  expect((await get("/sign-in")).status).toBe(200);
  const health = await (await get("/health")).text();
  expect(JSON.parse(health)).toMatchObject({ configured: true, malformed: ["BETA_CAPACITY", "CACHE_SECONDS"] });
  const lines = warnings.mock.calls.flat().filter((line) => String(line).includes("malformed_settings"));
  expect(lines).toEqual([JSON.stringify({ event: "malformed_settings", names: ["BETA_CAPACITY", "CACHE_SECONDS"] })]);
  expect(health + lines.join()).not.toMatch(/ten|soon/);
  warnings.mockRestore();
});

it.each(Object.keys(bindingNames))("serves its public pages without the binding %s, and names it", async (name) => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const without: object = { [name]: undefined };
  const worker = createWorker();
  const given = { ...env, ...without };
  const get = (path: string) => worker.fetch(new Request(`${origin}${path}`), given, createExecutionContext());
  expect(await (await get("/health")).json()).toMatchObject({ status: "ok", configured: false });
  const panel = await get("/panel");
  expect(panel.status).toBe(503);
  expect(await panel.text()).toContain(`settings: ${name}.`);
  vi.restoreAllMocks();
});

it("expects exactly the bindings that wrangler.toml declares", () => {
  const files = import.meta.glob<string>("/wrangler.toml", { query: "?raw", import: "default", eager: true });
  const text = files["/wrangler.toml"] ?? "";
  const declared = Array.from(text.matchAll(/^(?:binding|name) = "([A-Z_]+)"$/gm), ([, name]) => name);
  expect(declared.toSorted()).toEqual(Object.keys(bindingNames).toSorted());
});
