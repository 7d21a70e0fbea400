import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "../../src/web/app.ts";
import { readForm, readFormList } from "../../src/web/forms.ts";

const router = new Hono<AppEnv>();
router.post("/fields", async (c) => c.json(await readForm(c)));
router.post("/scopes", async (c) => c.json(await readFormList(c, "scope")));

async function send(path: string, body: FormData | URLSearchParams): Promise<unknown> {
  return (await router.request(path, { method: "POST", body })).json();
}

describe("the fields of a form", () => {
  it("are its known texts", async () => {
    const form = new URLSearchParams({ id: "a", decision: "allow", revoke: "yes", days: "30", unknown: "b" });
    expect(await send("/fields", form)).toEqual({ id: "a", decision: "allow", revoke: "yes", days: "30" });
  });

  it.each([
    ["decision", "allow", "ALLOW"],
    ["decision", "cancel", "__proto__"],
    ["profile", "yes", "on"],
    ["revoke", "yes", ""],
    ["days", "365", "1".repeat(11)],
    ["next", `/${"x".repeat(7_999)}`, `/${"x".repeat(8_000)}`],
    ["id", "x".repeat(2_000), "x".repeat(2_001)],
    ["key", "x".repeat(1_000), "x".repeat(1_001)],
  ])("leave out %s with a value that no form of ours sends", async (name, known, other) => {
    expect(await send("/fields", new URLSearchParams({ [name]: known }))).toEqual({ [name]: known });
    expect(await send("/fields", new URLSearchParams({ [name]: other }))).toEqual({});
  });

  it("leave out a field that is sent twice, or is a file", async () => {
    const twice = new URLSearchParams("decision=allow&decision=deny&id=a");
    expect(await send("/fields", twice)).toEqual({ id: "a" });
    const file = new FormData();
    file.append("decision", new File(["allow"], "allow"));
    file.append("id", "a");
    expect(await send("/fields", file)).toEqual({ id: "a" });
  });
});

it("reads tick boxes as a list of texts", async () => {
  expect(await send("/scopes", new URLSearchParams("scope=daily&scope=tag"))).toEqual(["daily", "tag"]);
  expect(await send("/scopes", new URLSearchParams("scope=daily"))).toEqual(["daily"]);
  expect(await send("/scopes", new URLSearchParams())).toEqual([]);
  const file = new FormData();
  file.append("scope", new File(["daily"], "daily"));
  expect(await send("/scopes", file)).toEqual([]);
});
