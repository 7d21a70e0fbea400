import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import {
  type Assistant,
  callTool,
  connectAssistant,
  control,
  createBrowser,
  resetSimulator,
} from "../support/product.ts";

beforeEach(async () => {
  await reset();
  await resetSimulator(new Date().toISOString());
});

/** Everything kept anywhere: both kinds of objects with their tables, and the key-value store with its metadata. */
async function dump(): Promise<string> {
  const kept: unknown[] = [];
  for (const id of await listDurableObjectIds(env.RING_AGENT)) {
    const kv = await runInDurableObject(env.RING_AGENT.get(id), (_object, { storage }) => [...storage.kv.list()]);
    if (kv.length > 0) kept.push({ agent: id.toString(), kv });
  }
  for (const id of await listDurableObjectIds(env.REGISTRY)) {
    kept.push(
      await runInDurableObject(env.REGISTRY.get(id), (_object, { storage }) =>
        ["places", "waiting", "invitations"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
      ),
    );
  }
  const { keys } = await env.OAUTH_KV.list();
  for (const key of keys) kept.push([key, await env.OAUTH_KV.get(key.name)]);
  return JSON.stringify(kept);
}

async function afterAWholeConversation(): Promise<Assistant> {
  const assistant = await connectAssistant();
  await assistant.call("oura_get_daily_summary", { start_date: "2026-09-01", end_date: "2026-11-01" });
  await assistant.call("oura_get_device", { include_profile: true });
  await flushActivity(assistant.accountId);
  return assistant;
}

/** As the passing half minute would. */
async function flushActivity(accountId: string): Promise<void> {
  await runInDurableObject(env.RING_AGENT.getByName(accountId), (object) => object.flush());
}

describe("what is kept", () => {
  it("holds no token of Oura or of the assistant in clear", async () => {
    const assistant = await afterAWholeConversation();
    const issued = await control<{ tokens: string[] }>("GET", "/tokens");
    expect(issued.tokens.length).toBeGreaterThan(1);
    const kept = await dump();
    for (const token of [...issued.tokens, assistant.tokens.access_token, assistant.tokens.refresh_token ?? "?"]) {
      expect(kept).not.toContain(token);
    }
  });

  it("holds a closed list of things, none of them a health value", async () => {
    const assistant = await afterAWholeConversation();
    const agent = env.RING_AGENT.getByName(assistant.accountId);
    const kept = await runInDurableObject(agent, (_object, { storage }) => new Map(storage.kv.list()));
    const kinds = new Set(Array.from(kept.keys(), (key) => key.split(":")[0]));
    expect([...kinds].toSorted()).toEqual([
      "account",
      "activity",
      "assistant",
      "connection",
      "session",
      "session-state",
    ]);
    expect(kept.get("session-state")).toEqual({
      utcOffsetMinutes: expect.any(Number),
      offsetSeenAt: expect.any(Number),
      lastReadAt: expect.any(Number),
    });
    for (const entry of kept.get("activity") as object[]) {
      // written by the activity log
      expect(Object.keys(entry).toSorted()).toEqual(["assistantId", "at", "tool"]);
    }
    const { data } = await control<{ data: { id: string; bedtime_start: string }[] }>(
      "GET",
      "/people/everyday/documents/sleep",
    );
    const everything = await dump();
    for (const { id, bedtime_start } of data) {
      expect(everything).not.toContain(id);
      expect(everything).not.toContain(bedtime_start.slice(0, 16));
    }
  });
});

describe("Delete account", () => {
  it("leaves nothing of it, and its tokens open nothing", async () => {
    const assistant = await afterAWholeConversation();
    expect(await dump()).toContain(assistant.accountId);
    const answer = await assistant.browser.submitForm("/delete-account", new URLSearchParams());
    expect(await answer.text()).toContain("Your account is gone");
    expect(await dump()).not.toContain(assistant.accountId);
    await expect(callTool(assistant.tokens.access_token, "oura_get_device", {})).rejects.toThrow("answered 401");
    expect((await assistant.browser.open("/panel")).headers.get("location")).toBe("/sign-in");
    expect(await dump()).not.toContain(assistant.accountId);
  });

  it("leaves nothing behind even while a call and a refresh are under way", async () => {
    const assistant = await connectAssistant();
    await control("POST", "/tokens/expire");
    await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 300 }] });
    const call = assistant.call("oura_get_daily_summary").catch(() => null);
    await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 300, route: "daily_sleep" }] });
    await assistant.browser.submitForm("/delete-account", new URLSearchParams());
    await call;
    expect(await dump()).not.toContain(assistant.accountId);
    const kept = await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (object, { storage }) => {
      object.flush();
      return [...storage.kv.list()];
    });
    expect(kept).toEqual([]);
  });

  it("needs a signed-in owner, and a form of this site", async () => {
    const assistant = await afterAWholeConversation();
    const stranger = await createBrowser().submitForm("/delete-account", new URLSearchParams());
    expect(stranger.status).toBe(400);
    expect(await dump()).toContain(assistant.accountId);
  });
});
