import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { reconnect } from "../../sandbox/walk.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, connectAssistant, resetSimulator, type ToolResult } from "../support/product.ts";

/**
 * The agent's object is evicted or aborted at each step of a refresh. An eviction waits for requests in flight and for
 * the timer of unwritten activity, so it happens only before a refresh. An abort can happen at any moment.
 */
let assistant: Assistant;

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
  assistant = await connectAssistant();
  await control("POST", "/tokens/expire");
  await control("DELETE", "/requests");
});

const agent = () => env.RING_AGENT.getByName(assistant.accountId);

/**
 * Evicts an agent that has only served a page. After a call, eviction would wait until activity is written.
 */
async function evictQuietAgent(): Promise<void> {
  await abortAllDurableObjects();
  await assistant.browser.open("/panel");
  await evictDurableObject(agent());
}

/** Oura's answers to refreshes since the token expired. */
async function refreshes(): Promise<Record<string, number>> {
  const log = await control<{ token_endpoint: Record<string, Record<string, number>> }>("GET", "/requests");
  return log.token_endpoint.refresh_token ?? {};
}

/** Starts a call and waits until its refresh has reached the fault at Oura's token endpoint. */
async function callInTrouble(fault: object): Promise<{ outcome: Promise<ToolResult | null> }> {
  await control("PUT", "/faults", { faults: [{ ...fault, route: "token", times: 1 }] });
  const outcome = assistant.call("oura_get_device").catch(() => null);
  const left = async () => (await control<{ faults: { left: number }[] }>("GET", "/faults")).faults[0]?.left;
  await expect.poll(left, { interval: 5 }).toBe(0);
  return { outcome };
}

async function expectAnswer(): Promise<void> {
  const answer = await assistant.call("oura_get_device");
  expect(answer.isError ? answer.content[0]?.text : "answered").toBe("answered");
}

async function expectReconnectMends(): Promise<void> {
  const lost = await assistant.call("oura_get_device");
  expect(lost.content[0]?.text).toContain("Reconnect");
  expect(await (await assistant.browser.open("/panel")).text()).toContain("Reconnect");
  await reconnect(assistant.browser, "everyday");
  await expectAnswer(); // the same token: the assistant is still allowed
}

describe("a refresh whose agent is removed from memory", () => {
  it.each<[string, () => Promise<void>]>([
    ["evicted", evictQuietAgent],
    ["aborted", abortAllDurableObjects],
  ])("before it starts (%s) is made by the next call", async (_name, goAway) => {
    await goAway();
    await expectAnswer();
    expect(await refreshes()).toEqual({ ok: 1 });
  });

  it("before Oura has processed it (aborted) is made by the next call with the same token", async () => {
    const { outcome } = await callInTrouble({ kind: "timeout", ms: 300 });
    await abortAllDurableObjects();
    expect(await outcome).toBeNull();
    await expectAnswer();
    expect(await refreshes()).toMatchObject({ ok: 1 });
  });

  it("after Oura rotated and before the pair is written (aborted) requires a Reconnect", async () => {
    const { outcome } = await callInTrouble({ kind: "stalled", ms: 300 });
    await expect.poll(refreshes, { interval: 5 }).toEqual({ ok: 1 });
    await abortAllDurableObjects();
    expect(await outcome).toBeNull();
    await expectReconnectMends();
  });

  it("after the pair is written (aborted) needs no second refresh", async () => {
    await expectAnswer();
    await abortAllDurableObjects();
    await expectAnswer();
    expect(await refreshes()).toEqual({ ok: 1 });
  });
});

it("sessions, approvals and activity survive an abort of the agent", async () => {
  await expectAnswer();
  await runInDurableObject(agent(), (object) => object.flush());
  const before = await (await assistant.browser.open("/panel")).text();
  expect(before).toContain("oura_get_device");
  await abortAllDurableObjects();
  const after = await assistant.browser.open("/panel");
  expect(after.status).toBe(200);
  expect(await after.text()).toBe(before);
  await expectAnswer();
});
