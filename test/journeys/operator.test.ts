import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { createAccount } from "../../sandbox/walk.ts";
import { theRegistry } from "../../src/registry/registry.ts";
import { createWorker } from "../../src/worker.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { connectAssistant, createBrowser, origin, resetSimulator } from "../support/product.ts";

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

const noTrouble = {
  refresh_refused: 0,
  refresh_uncertain: 0,
  app_refused: 0,
  key_changed: 0,
  oura_rate_limited: 0,
  too_many_calls: 0,
  too_many_attempts: 0,
};

let commands = 0;

async function command(body: object, key = "operator-key-of-the-tests") {
  commands += 1;
  const response = await exports.default.fetch(`${origin}/operator`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "cf-connecting-ip": `10.8.0.${commands}`,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json<Record<string, unknown>>() };
}

async function pendingPerson() {
  const browser = createBrowser();
  await createAccount(browser);
  await browser.submitForm("/register", new URLSearchParams());
  const panel = await (await browser.open("/panel")).text();
  return { browser, code: /reference code is\s*<code>([0-9a-z]+)/.exec(panel)?.[1] ?? "", panel };
}

it("shows counts, and raising the capacity admits the first in the queue", async () => {
  await command({ command: "capacity", places: 0 });
  const { browser, code, panel } = await pendingPerson();
  expect(panel).toMatch(/number\s*1\s*of\s*1/);
  expect((await command({ command: "status" })).body).toEqual({
    capacity: 0,
    capacity_set_by: "operator",
    taken: 0,
    connected: 0,
    lapsed: 0,
    waiting: 1,
    codes: [code],
    registrations_today: {
      accounts: { used: 1, ceiling: 100_000, reached: false },
      programs: { used: 0, ceiling: 100_000, reached: false },
      places: { used: 1, ceiling: 100_000, reached: false },
    },
    troubles_today: noTrouble,
    troubles_30_days: noTrouble,
  });
  expect((await command({ command: "capacity", places: 1 })).body).toMatchObject({ taken: 1, waiting: 0, lapsed: 0 });
  expect(await (await browser.open("/panel")).text()).toContain("You can connect your ring now");
  await clock.advance(31 * 60_000);
  expect((await command({ command: "status" })).body).toMatchObject({ taken: 0, connected: 0, lapsed: 1 });
});

it("counts failed refreshes and exceeded limits, and writes them at the next flush only if there were any", async () => {
  const assistant = await connectAssistant();
  const agent = env.RING_AGENT.getByName(assistant.accountId);
  const flush = () => runInDurableObject(agent, (object) => object.flush());
  const troubles = async () => (await command({ command: "status" })).body.troubles_today;

  await assistant.call("oura_get_daily_summary");
  await flush();
  expect(await troubles()).toEqual(noTrouble);

  await control("PUT", "/faults", { faults: [{ kind: "rate_limited", retryAfter: 90, times: 1 }] });
  await assistant.call("oura_get_device");
  await control("PUT", "/faults", { faults: [{ kind: "server_error", status: 503, route: "token" }] });
  await control("POST", "/tokens/expire");
  await assistant.call("oura_get_device");
  expect(await troubles()).toEqual(noTrouble); // no write at the call itself
  await flush();
  expect(await troubles()).toEqual({ ...noTrouble, oura_rate_limited: 1, refresh_uncertain: 1 });
});

it("keeps the counts of failures for thirty days", async () => {
  const registry = theRegistry(env);
  await registry.countTroubles({ refresh_refused: 2, too_many_calls: 1 });
  await registry.countTroubles({ refresh_refused: 1 });
  await runInDurableObject(registry, (_, { storage }) => {
    storage.sql.exec(
      "INSERT INTO troubles VALUES (?, 'refresh_refused', 10), (?, 'refresh_refused', 100)",
      clock.daysAgo(29),
      clock.daysAgo(30),
    );
  });
  expect(await registry.overview()).toMatchObject({
    troubles_today: { ...noTrouble, refresh_refused: 3, too_many_calls: 1 },
    troubles_30_days: { ...noTrouble, refresh_refused: 13, too_many_calls: 1 },
  });
});

it("removes an account from the queue by its code", async () => {
  await command({ command: "capacity", places: 0 });
  const { browser, code } = await pendingPerson();
  expect((await command({ command: "evict", code })).body).toMatchObject({ waiting: 0, codes: [] });
  expect(await (await browser.open("/panel")).text()).toContain("Ask to connect your ring");
});

it("creates invitation links", async () => {
  const { body } = await command({ command: "invite" });
  expect(body.link).toMatch(/^http:\/\/localhost\/register\?invitation=[0-9a-z]{32}$/);
});

it("accepts an invitation of one person, and tells the next that it was used", async () => {
  const { body } = await command({ command: "invite" });
  const { pathname, search, searchParams } = new URL(String(body.link));
  const browser = createBrowser();
  await createAccount(browser);
  const read = async () => (await browser.open(pathname + search)).text();
  expect(await read()).toContain("Your invitation is accepted.");
  await browser.submitForm("/register", new URLSearchParams({ invitation: searchParams.get("invitation") ?? "" }));
  expect(await read()).toContain("This invitation is no longer valid.");
});

it("reports invalid commands", async () => {
  expect(await command({ command: "status" }, "wrong")).toMatchObject({ status: 401 });
  expect(await command({ command: "delete" })).toMatchObject({ status: 400 });
  expect(await command({ command: "approve", code: "nobody" })).toMatchObject({ status: 404 });
  expect(await command({ command: "evict", code: "nobody" })).toMatchObject({ status: 404 });
});

it("is disabled without an operator key", async () => {
  const withoutKey: object = { OPERATOR_KEY: undefined };
  const request = new Request(`${origin}/operator`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const response = await createWorker().fetch(request, { ...env, ...withoutKey }, createExecutionContext());
  expect(response.status).toBe(404);
});

it("takes a capacity from none to a million, in whole numbers", async () => {
  for (const places of [0, 1_000_000, null]) {
    expect((await command({ command: "capacity", places })).status, String(places)).toBe(200);
  }
  for (const places of [-1, 0.5, 1_000_001, "1"]) {
    expect((await command({ command: "capacity", places })).status, String(places)).toBe(400);
  }
  for (const [length, status] of [
    [40, 404],
    [41, 400],
    [0, 400],
  ] as const) {
    for (const name of ["approve", "evict"])
      expect((await command({ command: name, code: "x".repeat(length) })).status).toBe(status);
  }
});
