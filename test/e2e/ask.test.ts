import { resolve } from "node:path";
import { expect, it } from "vitest";
import { runNode } from "./run-node.ts";

it("asks a model behind a command over the product's MCP endpoint, grades its answer, and fails when a limit is missed", async () => {
  const command = `'${process.execPath}' '${resolve("test/e2e/scripted-model.ts")}'`;
  const limits = ["--least-right", "2", "--most-calls", "1.25"];
  const { exitCode, output, errors } = await runNode([
    "scripts/ask.ts",
    ...["--model", command, "--only", "q13 q14", "--at-once", "2", ...limits],
  ]);
  expect(errors).toContain("q13 right");
  expect(errors).toContain("q14 wrong");
  expect(output).toMatch(
    /^ +q13 +everyday +How many steps did I take in October all together\? +301697 +301,697 +1 +\d+$/m,
  );
  expect(output).toMatch(/^WRONG +q14 +restless +Since New Year/m);
  expect(output).toMatch(/^1 of 2 right, 1\.00 calls and \d+ bytes of results a question$/m);
  expect(errors).toContain("Missed: fewer than 2 right.");
  expect(exitCode).toBe(1);
}, 120_000);
