import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from "vitest";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { createScratchCopy, removeScratchCopy } from "../../scripts/planted/scratch-copy.ts";
import { startFakeCloudflare } from "./fake-cloudflare.ts";

/** Ctrl+C in the middle of a command, in a fresh copy of the project with a home and a temporary directory of its own. */

/** Windows has no process groups to send Ctrl+C to. */
const hasGroups = process.platform !== "win32";

let copy: string;
let home: string;
let temporary: string;

beforeAll(() => {
  copy = createScratchCopy();
  home = join(inject("scratch"), "interrupted-home");
  temporary = join(inject("scratch"), "interrupted-temporary");
  for (const directory of [home, temporary]) mkdirSync(directory, { recursive: true });
});
afterAll(() => removeScratchCopy(copy));

it.runIf(hasGroups)(
  "npm run deploy leaves no file when it is interrupted during an upload",
  async () => {
    const cloudflare = await startFakeCloudflare();
    onTestFinished(cloudflare.stop);
    // The namespace of an earlier attempt: the command deploys with a temporary configuration.
    cloudflare.namespaces.push("ringbridge-oauth-kv");
    cloudflare.holds = true;
    const before = files();
    const command = run(["scripts/deploy.ts"], {
      CLOUDFLARE_API_BASE_URL: cloudflare.url,
      CLOUDFLARE_API_TOKEN: "token-of-the-operator",
      CLOUDFLARE_ACCOUNT_ID: undefined,
      WRANGLER_CACHE_DIR: join(home, "cache"),
      WRANGLER_HIDE_BANNER: "true",
    });
    await expect
      .poll(() => cloudflare.requests, { timeout: 90_000, interval: 100 })
      .toContainEqual(expect.stringMatching(/^PUT /));
    expect(files().filter((file) => !before.includes(file))).toContain("wrangler.reuse.toml");
    expect(await interrupt(command)).not.toBe(0);
    await expectNothingKept(before);
  },
  120_000,
);

it.runIf(hasGroups)("npm run doctor leaves no file when it is interrupted while it waits for an answer", async () => {
  let asked = 0;
  const silent = createServer(() => {
    asked += 1;
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => silent.closeAllConnections());
  onTestFinished(() => void silent.close());
  const before = files();
  const { port } = silent.address() as AddressInfo; // a TCP server has a port
  const command = run(["scripts/doctor.ts", `http://localhost:${port}`]);
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(await interrupt(command)).not.toBe(0);
  await expectNothingKept(before);
});

it.runIf(hasGroups)(
  "npm start leaves only its storage and its key when it is interrupted",
  async () => {
    const before = files();
    const port = await findFreePort();
    const command = run(["scripts/start.ts", "--port", `${port}`]);
    const answers = () =>
      fetch(`http://localhost:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 90_000, interval: 200 }).toBe(true);
    await interrupt(command);
    const kept = keptBeyond(before).filter((file) => !file.startsWith(".sandbox/state/"));
    expect(kept).toEqual(["sandbox/.dev.vars"]);
    expect(await answers()).toBe(false);
  },
  120_000,
);

function run(parameters: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, parameters, {
    cwd: copy,
    detached: true, // its own process group, as a terminal gives it
    stdio: "ignore",
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: undefined, TMPDIR: temporary, ...environment },
  });
}

/** What a terminal does at Ctrl+C: a signal to every process of the command. Returns the exit code. */
function interrupt(command: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    command.on("close", resolve);
    if (command.pid !== undefined) process.kill(-command.pid, "SIGINT");
  });
}

/** Files of the project's copy and of the temporary directory, without packages. */
function files(): string[] {
  return [copy, temporary].flatMap(
    (directory) =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory() && !entry.isSymbolicLink())
        .map(({ parentPath, name }) => relative(directory, join(parentPath, name)))
        .filter((file) => !/^(node_modules|dist)\//.test(file)), // packages, and the view that every command builds
  );
}

const keptBeyond = (before: readonly string[]) => files().filter((file) => !before.includes(file));

/** The programs that a command started get the signal too, and may take a moment longer to remove their own files. */
async function expectNothingKept(before: readonly string[]): Promise<void> {
  await expect.poll(() => keptBeyond(before), { timeout: 60_000 }).toEqual([]);
}
