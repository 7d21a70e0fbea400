import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { origin } from "./origin.ts";
import { runNode } from "./run-node.ts";

const { port } = new URL(origin);

it.each([
  [["--prot", "9000"], /^There is no option --prot\.\nUsage: npm start -- \[--port NUMBER\] .*\n$/],
  [["--port", "abc"], /^--port takes a whole number from 1 to 65535, not "abc"\.\nUsage: .*\n$/],
  [["--port", "99999"], /^--port takes a whole number from 1 to 65535, not "99999"\.\nUsage: .*\n$/],
  [["--port"], /^--port needs a value\.\nUsage: .*\n$/],
  [["9000"], /^"9000" is not understood\.\nUsage: .*\n$/],
  [["--port", port], new RegExp(`^Port ${port} is in use\\. .*--port\\.\\n$`)],
])("reports the error in %j and starts nothing", async (parameters, words) => {
  const state = join(inject("scratch"), "never-started");
  expect(await runNode(["scripts/start.ts", "--state", state, ...parameters])).toEqual({
    exitCode: 1,
    output: "",
    errors: expect.stringMatching(words),
  });
  expect(existsSync(state)).toBe(false);
});
