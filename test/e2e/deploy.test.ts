import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type FakeCloudflare, startFakeCloudflare } from "./fake-cloudflare.ts";
import { type ProgramResult, runNode } from "./run-node.ts";

const token = "token-of-the-operator";
/** Linux's `script` provides a terminal; on other systems the secrets come from the environment. */
const hasTerminal = process.platform === "linux";
const typed = { OURA_CLIENT_ID: "typed-client-id", OURA_CLIENT_SECRET: "typed-client-secret" };

let cloudflare: FakeCloudflare;
let home: string;
beforeAll(async () => {
  cloudflare = await startFakeCloudflare();
  home = join(inject("scratch"), "operator");
  mkdirSync(join(home, "temporary"), { recursive: true });
});
afterAll(() => cloudflare.stop());

it("says why nothing was deployed, deploys with secrets typed at a terminal, and asks for none the next time", async () => {
  cloudflare.refuses = true;
  const [unreachable, refused] = await Promise.all([
    deploy({ CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9" }),
    deploy(),
  ]);
  expect(unreachable.exitCode).toBe(1);
  expect(unreachable.errors).toMatch(/network.*Nothing was changed/s);
  expect(refused.exitCode).toBe(1);
  expect(refused.output + refused.errors).toMatch(/Authentication error \[code: 10000].*Cloudflare did not take it/s);
  cloudflare.refuses = false;

  const first = await (hasTerminal ? deployAtTerminal() : deploy(typed));
  expect(first.exitCode, first.output).toBe(0);
  expect(first.output).toContain("redirect URL  https://ringbridge.operator.workers.dev/oura/callback");
  expect(first.output).toContain("npm run doctor -- https://ringbridge.operator.workers.dev");
  expect(cloudflare.namespaces).toEqual(["ringbridge-oauth-kv"]); // no second one after the refused upload
  const { TOKEN_KEYS, ...asked } = Object.fromEntries(cloudflare.secrets);
  expect(asked).toEqual(typed);
  expect(TOKEN_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);

  const kept = new Map(cloudflare.secrets);
  const second = await deploy();
  expect(second).toMatchObject({ exitCode: 0, output: expect.stringContaining("All three are set. Done.") });
  expect(cloudflare.secrets).toEqual(kept);

  // The fake knew every request of wrangler, and secrets appeared only in request bodies.
  expect(cloudflare.unknown).toEqual([]);
  const secrets = [token, ...kept.values()];
  const seen = {
    printed: [unreachable, refused, first, second].map(({ output, errors }) => output + errors).join(),
    addresses: cloudflare.requests.join(),
    commands: cloudflare.commands.join(),
    files: filesUnder(home)
      .map((path) => readFileSync(path, "utf8"))
      .join(),
  };
  expect(seen.commands).toContain("secret");
  for (const [place, text] of Object.entries(seen)) {
    expect({ place, secrets: secrets.filter((secret) => text.includes(secret)) }).toEqual({ place, secrets: [] });
  }
  expect(readdirSync(join(home, "temporary")).filter((name) => name.startsWith("deploy-"))).toEqual([]);
}, 240_000); // thirteen runs of wrangler are slow on a busy computer

/** An environment with its own home directory, whose files the test searches afterwards. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OURA_CLIENT_ID: undefined,
    OURA_CLIENT_SECRET: undefined,
    PUBLIC_URL: undefined,
    CLOUDFLARE_ACCOUNT_ID: undefined,
    HOME: home,
    XDG_CONFIG_HOME: undefined,
    TMPDIR: join(home, "temporary"),
    WRANGLER_CACHE_DIR: join(home, "cache"), // otherwise it would cache this account for the next deployment
    WRANGLER_HIDE_BANNER: "true", // the banner looks for updates
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    CLOUDFLARE_API_TOKEN: token,
  };
}

function deploy(more: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
  return runNode(["scripts/deploy.ts"], { ...environment(), ...more });
}

/** Types each secret when it is requested. */
function deployAtTerminal(): Promise<ProgramResult> {
  const command = [process.execPath, "scripts/deploy.ts"];
  const linux = ["-qefc", command.join(" "), "/dev/null"];
  const options = process.platform === "linux" ? linux : ["-q", "/dev/null", ...command];
  const child = spawn("script", options, { env: environment() });
  return new Promise((resolve) => {
    let output = "";
    const unanswered = new Map(Object.entries(typed));
    child.stdout.on("data", (chunk) => {
      output += stripVTControlCharacters(String(chunk));
      for (const [name, answer] of unanswered) {
        if (!output.includes(`${name} (from your Ōura app; not shown): `)) continue;
        unanswered.delete(name);
        setTimeout(() => child.stdin.write(`${answer}\r`), 100); // when echo is off
      }
    });
    child.on("close", (exitCode) => resolve({ exitCode, output, errors: "" }));
  });
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
