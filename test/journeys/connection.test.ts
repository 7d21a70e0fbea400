import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { allowAtOura, createAccount, reconnect, register, signIn } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { connectAssistant, createBrowser, resetSimulator } from "../support/product.ts";

const day = 86_400_000;

interface RequestLog {
  total: number;
  token_endpoint: Record<string, Record<string, number>>;
  over_six: number;
}

const requests = () => control<RequestLog>("GET", "/requests");

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

it.each<[string, () => Promise<unknown>]>([
  ["about to expire", () => clock.advance(day - 60_000)],
  ["already refused by Oura", () => control("POST", "/tokens/expire")],
])("makes exactly one refresh for 50 parallel calls on a token %s", async (_name, spoil) => {
  const assistant = await connectAssistant();
  await spoil();
  // With a delay the requests overlap, so that a seventh parallel connection would be detected.
  await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 20 }] });
  await control("DELETE", "/requests");
  const calls = Array.from({ length: 50 }, (_, index) =>
    assistant.call("oura_get_daily_summary", index % 2 === 0 ? {} : { start_date: "yesterday" }),
  );
  expect((await Promise.all(calls)).filter((result) => result.isError)).toEqual([]);
  expect(await requests()).toMatchObject({ token_endpoint: { refresh_token: { ok: 1 } }, over_six: 0 });
});

it("sends Oura no request for 24 hours without a call or a click", async () => {
  const assistant = await connectAssistant();
  await assistant.call("oura_get_daily_summary");
  await control("DELETE", "/requests");
  const before = JSON.stringify(await requests());
  for (let hour = 1; hour <= 24; hour += 1) {
    await clock.advance(3_600_000);
    for (const id of await listDurableObjectIds(env.RING_AGENT)) await runDurableObjectAlarm(env.RING_AGENT.get(id));
  }
  expect(JSON.stringify(await requests())).toBe(before);
});

it("deletes the tokens and frees the place of an account idle for 180 days, not a day earlier", async () => {
  const assistant = await connectAssistant();
  const agent = env.RING_AGENT.getByName(assistant.accountId);
  await clock.advance(179 * day);
  await runDurableObjectAlarm(agent);
  expect(await keysOf(agent)).toContain("connection");
  await clock.advance(2 * day);
  await runDurableObjectAlarm(agent);
  expect(await keysOf(agent)).not.toContain("connection");
  expect(await env.REGISTRY.getByName("registry").status(assistant.accountId)).toEqual({ kind: "not_registered" });
});

it("restarts the idle period after a reconnect", async () => {
  const browser = createBrowser();
  const passkey = await createAccount(browser);
  await register(browser);
  const { accountId } = await connectAssistant({ browser });
  const agent = env.RING_AGENT.getByName(accountId);
  const alarm = () => runInDurableObject(agent, (_object, { storage }) => storage.getAlarm());
  await clock.advance(181 * day);
  await runDurableObjectAlarm(agent);
  expect(await alarm()).toBeNull();
  await signIn(browser, passkey); // the old session has expired
  await register(browser);
  await connectAssistant({ browser });
  expect(await alarm()).toBeGreaterThan(clock.now());
  await clock.advance(181 * day);
  await runDurableObjectAlarm(agent);
  expect(await keysOf(agent)).not.toContain("connection");
});

it("transfers a connection to a second account of the same Oura account", async () => {
  const first = await connectAssistant();
  const second = await connectAssistant();
  expect(second.accountId).not.toBe(first.accountId);
  await expect(first.call("oura_get_device")).rejects.toThrow("answered 401");
  const panel = await (await first.browser.open("/panel")).text();
  expect(panel).toContain("Register");
  expect(panel).not.toContain('action="/assistants/revoke"'); // its approvals have ended
  expect((await second.call("oura_get_device")).isError).toBeUndefined();
});

it("answers for the newly connected person even while answers of the previous one could be cached", async () => {
  const assistant = await connectAssistant();
  const rings = async () => (await assistant.call("oura_get_device")).structuredContent?.rings;
  expect(await rings()).toHaveLength(1);
  await reconnect(assistant.browser, "two_rings");
  expect(await rings()).toHaveLength(2);
});

it("answers for the taken-over connection even while older answers could be cached", async () => {
  await connectAssistant({ person: "two_rings" });
  const { browser, call } = await connectAssistant();
  const rings = async () => (await call("oura_get_device")).structuredContent?.rings;
  const toOura = await browser.submitForm("/connect", new URLSearchParams());
  const asked = await browser.open(await allowAtOura(browser, toOura.headers.get("location") ?? "", "two_rings"));
  expect(await asked.text()).toContain("connected to another account");
  expect(await rings()).toHaveLength(1); // cached from now on
  await browser.submitForm("/take-over", new URLSearchParams());
  expect(await rings()).toHaveLength(2);
});

async function keysOf(agent: DurableObjectStub): Promise<string[]> {
  return runInDurableObject(agent, (_object, state) => Array.from(state.storage.kv.list(), ([key]) => key));
}
