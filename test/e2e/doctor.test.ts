import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { origin } from "./origin.ts";
import { runNode } from "./run-node.ts";

it("finds no problem in a running server, and connects with both client libraries", async () => {
  const token = (await runNode(["sandbox/token.ts", "--url", origin, "--person", "two_rings"])).output.trim();
  const healthy = await runNode(["scripts/doctor.ts", origin, "--oura", `${origin}/sandbox/oura`], {
    RINGBRIDGE_TOKEN: token,
  });
  expect(healthy).toMatchObject({ exitCode: 0, output: expect.stringContaining("0 to mend") });
  expect(healthy.output).toMatch(/client of the 2025 protocol: speaks 2025-11-25 and lists \d+ tools/);
  expect(healthy.output).toMatch(/client of the 2026 protocol: speaks 2026-07-28 and lists \d+ tools/);
  expect(healthy.output).toContain("Ōura's API: answers, and wants a token");
  expect(healthy.output).toContain("programs of assistants: none is kept out by its name");
  expect(healthy.output).toContain("client documents: not offered here");
  expect(healthy.output).not.toContain(token);

  const outside = await runNode(["scripts/doctor.ts", origin, "--oura", `${origin}/sandbox/oura`]);
  expect(outside).toMatchObject({ exitCode: 0, output: expect.stringContaining("refused without a token") });
});

it("says what to do if nothing answers, if another server answers, and if the address is invalid", async () => {
  const nothing = await runNode(["scripts/doctor.ts", `http://localhost:${await findFreePort()}`]);
  expect(nothing).toMatchObject({ exitCode: 1, output: expect.stringContaining("nothing answers there") });

  const port = await findFreePort();
  const stranger = createServer((_request, response) => response.end("Welcome to nginx"));
  await new Promise<void>((resolve) => stranger.listen(port, "localhost", resolve));
  onTestFinished(() => void stranger.close());
  const elsewhere = await runNode(["scripts/doctor.ts", `http://localhost:${port}`]);
  expect(elsewhere).toMatchObject({ exitCode: 1, output: expect.stringContaining("something else answers there") });

  expect(await runNode(["scripts/doctor.ts", "my server"])).toMatchObject({
    exitCode: 1,
    errors: expect.stringContaining("is not an address"),
  });
});
