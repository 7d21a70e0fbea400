import { env, exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readSettings } from "../../src/config.ts";
import { theRegistry } from "../../src/registry/registry.ts";
import { origin } from "../support/product.ts";
import { fetchWith } from "../support/wire.ts";

const key = "operator-key-of-the-tests";
let addresses = 0;

function command(authorization: string | null, address = `10.16.0.${++addresses}`): Request {
  return new Request(`${origin}/operator`, {
    method: "POST",
    body: JSON.stringify({ command: "capacity", places: 7 }),
    headers: {
      ...(authorization === null ? {} : { authorization }),
      "content-type": "application/json",
      "cf-connecting-ip": address,
    },
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the operator key", () => {
  it.each<[string, string | null]>([
    ["no key", null],
    ["an empty one", "Bearer "],
    ["a prefix of it", `Bearer ${key.slice(0, -1)}`],
    ["a longer text", `Bearer ${key}x`],
    ["another key of the same length", `Bearer ${key.slice(0, -1)}X`],
    ["it in capitals", `Bearer ${key.toUpperCase()}`],
    ["it twice", `Bearer ${key}, Bearer ${key}`],
    ["it without its scheme", key],
    ["it as a password", `Basic ${btoa(`:${key}`)}`],
    ["something very long", `Bearer ${key.repeat(400)}`],
    ["the text of a missing setting", "Bearer null"],
  ])("is not %s: refused, and nothing changes", async (_name, authorization) => {
    const answer = await exports.default.fetch(command(authorization));
    expect([answer.status, await answer.text()]).toEqual([401, '{"error":"This is not the operator key."}']);
    expect((await theRegistry(env).overview()).capacity).toBe(1_000);
  });

  it("is compared in constant time", async () => {
    const compare = vi.spyOn(crypto.subtle, "timingSafeEqual");
    for (const wrong of [`X${key.slice(1)}`, `${key.slice(0, -1)}X`]) {
      compare.mockClear();
      await exports.default.fetch(command(`Bearer ${wrong}`));
      expect(compare).toHaveBeenCalledOnce();
    }
  });

  it("is refused after ten attempts of its address in a minute, even if right", async () => {
    const address = "10.16.9.9";
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22 && !statuses.includes(429); attempt += 1) {
      const answer = await exports.default.fetch(command("Bearer wrong", address));
      await answer.text();
      statuses.push(answer.status);
    }
    expect(statuses.at(-1)).toBe(429);
    const right = await exports.default.fetch(command(`Bearer ${key}`, address));
    expect(right.status).toBe(429);
    expect((await theRegistry(env).overview()).capacity).toBe(1_000);
  });

  it.each(["short", " ", "x".repeat(19)])(
    "that is set to %j is a malformed setting: the commands are off",
    async (weak) => {
      expect(readSettings({ ...env, OPERATOR_KEY: weak })).toMatchObject({
        kind: "ready",
        site: { operatorKey: null, malformed: ["OPERATOR_KEY"] },
      });
      expect((await fetchWith({ OPERATOR_KEY: weak }, command(`Bearer ${weak}`))).status).toBe(404);
    },
  );

  it("is accepted if right", async () => {
    expect((await exports.default.fetch(command(`Bearer ${key}`))).status).toBe(200);
    expect((await theRegistry(env).overview()).capacity).toBe(7);
  });
});
