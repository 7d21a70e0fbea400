import { createExecutionContext, reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { createAccount } from "../../sandbox/walk.ts";
import { createWorker } from "../../src/worker.ts";
import { createBrowser, origin } from "../support/product.ts";

beforeEach(() => reset());

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
  return { browser, code: /reference code\s*<code>([0-9a-z]+)/.exec(panel)?.[1] ?? "", panel };
}

it("counts, raises the capacity and so lets the first in the queue in", async () => {
  await command({ command: "capacity", places: 0 });
  const { browser, code, panel } = await pendingPerson();
  expect(panel).toMatch(/place\s*1\s*of\s*1/);
  expect((await command({ command: "status" })).body).toEqual({
    capacity: 0,
    taken: 0,
    connected: 0,
    waiting: 1,
    codes: [code],
  });
  expect((await command({ command: "capacity", places: 1 })).body).toMatchObject({ taken: 1, waiting: 0 });
  expect(await (await browser.open("/panel")).text()).toContain("A place is yours");
});

it("makes invitation links", async () => {
  const { body } = await command({ command: "invite" });
  expect(body.link).toMatch(/^http:\/\/localhost\/register\?invitation=[0-9a-z]{32}$/);
});

it("says what is wrong", async () => {
  expect(await command({ command: "status" }, "wrong")).toMatchObject({ status: 401 });
  expect(await command({ command: "delete" })).toMatchObject({ status: 400 });
  expect(await command({ command: "approve", code: "nobody" })).toMatchObject({ status: 404 });
});

it("does not exist without an operator key", async () => {
  const withoutKey: object = { OPERATOR_KEY: undefined };
  const request = new Request(`${origin}/operator`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  const response = await createWorker().fetch(request, { ...env, ...withoutKey }, createExecutionContext());
  expect(response.status).toBe(404);
});
