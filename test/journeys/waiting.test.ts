import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, register } from "../../sandbox/walk.ts";
import { theRegistry } from "../../src/registry/registry.ts";
import { tools } from "../../src/tools/index.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { connectAssistant, createBrowser, resetSimulator } from "../support/product.ts";

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

async function wordsOfEveryTool(assistant: Awaited<ReturnType<typeof connectAssistant>>): Promise<string[]> {
  return Promise.all(
    tools.map(async ({ name }) => {
      const result = await assistant.call(name);
      return String(result.structuredContent?.summary ?? result.content[0]?.text);
    }),
  );
}

it("authorizes an assistant while its person waits, and reports their queue position at every call", async () => {
  const registry = theRegistry(env);
  await registry.setCapacity(0);
  await registry.register("somebody-earlier", null, "192.0.2.1");
  const assistant = await connectAssistant();
  for (const words of await wordsOfEveryTool(assistant)) {
    expect(words).toMatch(/number 2 of 2 in the queue, with the reference code [0-9a-z]{7}/);
    expect(words).toContain("http://localhost/panel");
  }
  await registry.setCapacity(2);
  for (const words of await wordsOfEveryTool(assistant)) {
    expect(words).toBe(
      "Your Ōura account is not connected to this service yet. Open http://localhost/panel and press Connect.",
    );
  }
});

it("tells a person whose place expired to register again", async () => {
  const assistant = await connectAssistant();
  await assistant.browser.submitForm("/disconnect", new URLSearchParams());
  await theRegistry(env).release(assistant.accountId);
  for (const words of await wordsOfEveryTool(assistant)) expect(words).toContain("press Register");
});

/** Connects from the panel as `person`, with everything ticked at Oura. */
async function connectFromPanel(browser: Visitor, person: string): Promise<Response> {
  const address = (await browser.submitForm("/connect", new URLSearchParams())).headers.get("location") ?? "";
  const form = new URLSearchParams({ person, decision: "allow", scope: "daily" });
  form.append("scope", "ring_configuration");
  const callback = (await browser.submitForm(address, form)).headers.get("location") ?? "";
  return browser.open(callback);
}

it("gives a person who lost access to an older account its connection and place, without waiting", async () => {
  const registry = theRegistry(env);
  await registry.setCapacity(1);
  const lost = await connectAssistant();
  const browser = createBrowser();
  await createAccount(browser);
  expect(await register(browser)).toBe("waiting");
  expect(await (await browser.open("/panel")).text()).toContain("I was connected before");
  const page = await connectFromPanel(browser, "everyday");
  expect(await page.text()).toContain("connected to another account");
  const taken = await browser.submitForm("/take-over", new URLSearchParams());
  expect(taken.headers.get("location")).toBe("/panel?message=taken-over");
  await expect(lost.call("oura_get_device")).rejects.toThrow("answered 401");
  expect(await registry.overview()).toMatchObject({ taken: 1, connected: 1, waiting: 0 });
});

it("does not let a new Oura account skip the queue, and stores nothing of it", async () => {
  await theRegistry(env).setCapacity(0);
  const browser = createBrowser();
  await createAccount(browser);
  await register(browser);
  const back = await connectFromPanel(browser, "two_rings");
  expect(back.headers.get("location")).toBe("/panel?message=no-place");
  const { tokens } = await control<{ tokens: string[] }>("GET", "/tokens");
  for (const token of tokens) {
    const response = await fetch("https://oura.test/sandbox/oura/v2/usercollection/personal_info", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  }
});

it("does not let anyone skip the queue by an authorization, a replay, a take-over or a second account", async () => {
  const registry = theRegistry(env);
  await registry.setCapacity(1);
  const holder = await connectAssistant();
  const waiting = await connectAssistant({ person: "two_rings" });
  expect((await waiting.call("oura_get_device")).content[0]?.text).toMatch(/number 1 of 1 in the queue/);

  const { browser } = waiting;
  const address = (await browser.submitForm("/connect", new URLSearchParams())).headers.get("location") ?? "";
  const form = new URLSearchParams({ person: "two_rings", decision: "allow", scope: "daily" });
  const callback = (await browser.submitForm(address, form)).headers.get("location") ?? "";
  expect((await browser.open(callback)).headers.get("location")).toBe("/panel?message=no-place");
  expect(await (await browser.open(callback)).text()).toContain("This attempt to connect your ring took too long");
  expect(await (await browser.submitForm("/take-over", new URLSearchParams())).text()).toContain("took too long");
  for (const invitation of ["", "made-up"])
    await browser.submitForm("/register", new URLSearchParams({ invitation, next: "/panel" }));

  const again = await connectAssistant({ person: "two_rings" }); // the same person with another account: queued behind the first
  expect((await again.call("oura_get_device")).content[0]?.text).toMatch(/number 2 of 2 in the queue/);
  expect((await waiting.call("oura_get_device")).content[0]?.text).toMatch(/number 1 of 2 in the queue/);
  expect(await registry.overview()).toMatchObject({ capacity: 1, taken: 1, connected: 1, waiting: 2 });
  expect((await holder.call("oura_get_device")).isError).toBeUndefined();
  for (const { accountId } of [waiting, again]) {
    const held = await runInDurableObject(env.RING_AGENT.getByName(accountId), (_agent, { storage }) =>
      Array.from(storage.kv.list(), ([key]) => key).filter((key) => key === "connection" || key === "take-over"),
    );
    expect(held).toEqual([]);
  }
});

describe("tokens that wait for a take-over", () => {
  async function connectAccount(): Promise<{ browser: Visitor; page: string }> {
    const browser = createBrowser();
    await createAccount(browser);
    await register(browser);
    return { browser, page: await (await connectFromPanel(browser, "everyday")).text() };
  }

  it("are kept for ten minutes and cannot be used after that", async () => {
    await connectAccount();
    const [early, late] = [await connectAccount(), await connectAccount()];
    for (const { page } of [early, late]) expect(page).toContain("connected to another account");
    await clock.advance(599_000);
    const taken = await early.browser.submitForm("/take-over", new URLSearchParams());
    expect(taken.headers.get("location")).toBe("/panel?message=taken-over");
    await clock.advance(1_000);
    const answer = await late.browser.submitForm("/take-over", new URLSearchParams());
    expect(await answer.text()).toContain("This attempt to connect your ring took too long");
  });
});
