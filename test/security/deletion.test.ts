import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { textKept } from "../support/kept.ts";
import {
  type Assistant,
  callTool,
  connectAssistant,
  createBrowser,
  origin,
  resetSimulator,
} from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

async function afterAConversation(): Promise<Assistant> {
  const assistant = await connectAssistant();
  await assistant.call("oura_get_daily_summary", { start_date: clock.daysAgo(80), end_date: clock.daysAgo(19) });
  await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (object) => object.flush());
  return assistant;
}

/** Whether Oura still accepts any token it issued. */
async function ouraStillAnswers(): Promise<boolean> {
  const { tokens } = await control<{ tokens: string[] }>("GET", "/tokens");
  const answers = await Promise.all(
    tokens.map((token) =>
      fetch("https://oura.test/sandbox/oura/v2/usercollection/personal_info", {
        headers: { authorization: `Bearer ${token}` },
      }),
    ),
  );
  await Promise.all(answers.map((answer) => answer.text()));
  return answers.some(({ status }) => status === 200);
}

it("19. Delete account deletes all its data here and its grant at Ōura, and its tokens are refused", async () => {
  const assistant = await afterAConversation();
  expect(await textKept()).toContain(assistant.accountId);
  expect(await ouraStillAnswers()).toBe(true);
  const answer = await assistant.browser.submitForm("/delete-account", new URLSearchParams());
  expect(await answer.text()).toContain("Your account is deleted");
  expect(await textKept()).not.toContain(assistant.accountId);
  expect(await ouraStillAnswers()).toBe(false);
  await expect(callTool(assistant.tokens.access_token, "oura_get_device", {})).rejects.toThrow("answered 401");
  expect((await assistant.browser.open("/panel")).headers.get("location")).toBe("/sign-in");
  expect(await textKept()).not.toContain(assistant.accountId);
});

it("19. Delete account deletes everything even while a call and a refresh are in flight", async () => {
  const assistant = await connectAssistant();
  await control("POST", "/tokens/expire");
  await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 300 }] });
  const call = assistant.call("oura_get_daily_summary").catch(() => null);
  await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 300, route: "daily_sleep" }] });
  await assistant.browser.submitForm("/delete-account", new URLSearchParams());
  await call;
  expect(await textKept()).not.toContain(assistant.accountId);
  const kept = await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (object, { storage }) => {
    object.flush();
    return [...storage.kv.list()];
  });
  expect(kept).toEqual([]);
});

it("19. Delete account requires a signed-in owner and a form of this site", async () => {
  const assistant = await afterAConversation();
  const stranger = await createBrowser().submitForm("/delete-account", new URLSearchParams());
  expect(stranger.status).toBe(400);
  expect(await textKept()).toContain(assistant.accountId);
  expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
});

it("19. Disconnect deletes the tokens from storage at once, and its second button revokes them at Ōura", async () => {
  const assistant = await afterAConversation();
  const agent = env.RING_AGENT.getByName(assistant.accountId);
  const keys = () => runInDurableObject(agent, (_object, { storage }) => Array.from(storage.kv.list(), ([key]) => key));
  expect(await keys()).toContain("connection");
  await assistant.browser.submitForm("/disconnect", new URLSearchParams({ revoke: "yes" }));
  expect(await keys()).not.toContain("connection");
  expect(await ouraStillAnswers()).toBe(false);
  const after = await assistant.call("oura_get_device");
  expect([after.isError, after.content[0]?.text]).toEqual([true, expect.stringContaining("press Connect")]);
});

/** An agent that shows whether it has data of Oura in memory. */
class WatchedAgent extends RingAgent {
  holdsAnswers(): boolean {
    return this.parts.cache.heldFor() !== null;
  }
}

it.each<[string, (agent: WatchedAgent, send: (path: string) => Promise<Response>) => Promise<unknown>]>([
  ["Disconnect", (_agent, send) => send("/disconnect")],
  ["a take-over of the connection by another account", (agent) => agent.loseConnection()],
  ["half a year without use", (agent) => endIdleness(agent)],
])("19. %s clears the memory at once", async (_name, end) => {
  const { accountId, browser, tokens } = await connectAssistant();
  const held = await runInDurableObject(env.RING_AGENT.getByName(accountId), async (_object, state) => {
    const agent = new WatchedAgent(state, env);
    const bindings = { RING_AGENT: namespaceOf(() => agent) };
    const params = { name: "oura_get_device", arguments: {} };
    await (await fetchWith(bindings, mcpRequest(tokens.access_token, { method: "tools/call", params }))).text();
    const before = agent.holdsAnswers();
    const headers = { origin, cookie: browser.cookies(), "content-type": "application/x-www-form-urlencoded" };
    await end(agent, (path) => fetchWith(bindings, new Request(`${origin}${path}`, { method: "POST", headers })));
    return [before, agent.holdsAnswers()];
  });
  expect(held).toEqual([true, false]);
});

async function endIdleness(agent: WatchedAgent): Promise<void> {
  await clock.advance(200 * 86_400_000);
  await agent.alarm();
}

it("19. Disconnect without that button says that Ōura still lists the app", async () => {
  const assistant = await afterAConversation();
  const answer = await assistant.browser.submitForm("/disconnect", new URLSearchParams());
  expect(answer.headers.get("location")).toBe("/panel?message=disconnected");
  expect(await ouraStillAnswers()).toBe(true);
});
