import { readFileSync } from "node:fs";
import { parse } from "dotenv";
import { describe, expect, it } from "vitest";
import { createTokenKeys, withTokenKeys } from "../../scripts/token-keys.ts";
import { readSettings } from "../../src/config.ts";

const example = readFileSync(".dev.vars.example", "utf8");

describe("the example file", () => {
  it("with client id and secret filled in makes a complete configuration", () => {
    const filled = example
      .replace("OURA_CLIENT_ID=", "OURA_CLIENT_ID=an-id")
      .replace("OURA_CLIENT_SECRET=", "OURA_CLIENT_SECRET=a-secret");
    const settings = readSettings(parse(withTokenKeys(filled, createTokenKeys())));
    expect(settings).toMatchObject({
      kind: "ready",
      config: { oura: { clientId: "an-id", clientSecret: "a-secret" } },
    });
  });

  it("keeps its comments and every other line", () => {
    const filled = withTokenKeys(example, "k1:AAAA");
    expect(filled.replace("TOKEN_KEYS=k1:AAAA", "TOKEN_KEYS=")).toBe(example);
  });
});

it.each([
  ["an empty file", "", "TOKEN_KEYS=k1:new\n"],
  ["a file without the name", "OURA_CLIENT_ID=a", "OURA_CLIENT_ID=a\nTOKEN_KEYS=k1:new\n"],
  ["an empty value before a comment line", "TOKEN_KEYS=\n\n# More\n", "TOKEN_KEYS=k1:new\n\n# More\n"],
  ["an empty value with a comment on its line", "TOKEN_KEYS= # none yet\nA=b\n", "TOKEN_KEYS=k1:new\nA=b\n"],
  ["empty quotes", 'TOKEN_KEYS=""\n', "TOKEN_KEYS=k1:new\n"],
  ["lines of Windows", "TOKEN_KEYS=\r\nA=b\r\n", "TOKEN_KEYS=k1:new\r\nA=b\r\n"],
])("writes the keys into %s", (_name, before, after) => {
  expect(withTokenKeys(before, "k1:new")).toBe(after);
  expect(parse(after).TOKEN_KEYS).toBe("k1:new");
});

it.each([
  "TOKEN_KEYS=k1:kept\n",
  "export TOKEN_KEYS=k1:kept\n",
  "TOKEN_KEYS='k1:kept' # mine\n",
  "TOKEN_KEYS = k1:kept",
])("leaves keys that are set: %s", (text) => expect(withTokenKeys(text, "k1:new")).toBe(text));
