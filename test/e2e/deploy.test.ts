import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { type FakeCloudflare, startFakeCloudflare } from "./fake-cloudflare.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";
import { type ProgramResult, runNode } from "./run-node.ts";

const token = "token-of-the-operator";
/** Linux's `script` provides a terminal; on other systems the secrets come from the environment. */
const hasTerminal = process.platform === "linux";
const right = { OURA_CLIENT_ID: "sandbox-legacy", OURA_CLIENT_SECRET: "sandbox-secret" };
const wrong = { OURA_CLIENT_ID: "sandbox-legacy", OURA_CLIENT_SECRET: "a-secret-that-is-wrong" };

let cloudflare: FakeCloudflare;
let oura: LocalServer;
let home: string;
const printed: ProgramResult[] = [];
beforeAll(async () => {
  cloudflare = await startFakeCloudflare();
  oura = await startSimulator();
  home = join(inject("scratch"), "operator");
  mkdirSync(join(home, "temporary"), { recursive: true });
});
afterAll(async () => {
  await cloudflare.stop();
  await oura.stop();
});

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

  // At a terminal: a value with a space in it, then a wrong secret, then the right ones.
  const first = await (hasTerminal
    ? deployAtTerminal([
        "an id",
        wrong.OURA_CLIENT_ID,
        wrong.OURA_CLIENT_SECRET,
        ` ${right.OURA_CLIENT_ID} `,
        right.OURA_CLIENT_SECRET,
      ])
    : deploy(right));
  expect(first.exitCode, first.output).toBe(0);
  if (hasTerminal) {
    expect(first.output).toContain("OURA_CLIENT_ID contains a space or a line break. Copy it from your Ōura app.");
    expect(first.output).toContain("Ōura refuses this id or secret.");
  }
  expect(first.output).toContain("Ōura accepts this id and secret.");
  expect(first.output).toContain("redirect URL  https://ringbridge.operator.workers.dev/oura/callback");
  expect(first.output).toContain("npm run doctor -- https://ringbridge.operator.workers.dev");
  expect(cloudflare.namespaces).toEqual(["ringbridge-oauth-kv"]); // no second one after the refused upload
  const { TOKEN_KEYS, ...asked } = Object.fromEntries(cloudflare.secrets);
  expect(asked).toEqual(right);
  expect(TOKEN_KEYS).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);

  const kept = new Map(cloudflare.secrets);
  const second = await deploy();
  expect(second).toMatchObject({ exitCode: 0, output: expect.stringContaining("All three are set. Done.") });
  expect(cloudflare.secrets).toEqual(kept);
  printed.push(unreachable, refused, first, second);
}, 400_000); // a dozen runs of wrangler are slow on a busy computer

it("replaces the app's id and secret on request, after a check, and never the token keys", async () => {
  const kept = new Map(cloudflare.secrets);
  const refusedApp = await deploy({ ...wrong }, ["--ask-again"]);
  expect(refusedApp).toMatchObject({ exitCode: 1, errors: expect.stringContaining("Ōura refuses this id or secret") });
  expect(cloudflare.secrets).toEqual(kept);
  const mistyped = await deploy({ ...right, OURA_CLIENT_SECRET: '"quoted-secret"' }, ["--ask-again"]);
  expect(mistyped).toMatchObject({ exitCode: 1, errors: expect.stringContaining("OURA_CLIENT_SECRET begins or ends") });
  cloudflare.secrets.set("OURA_CLIENT_SECRET", wrong.OURA_CLIENT_SECRET);
  const corrected = await deploy({ ...right, PUBLIC_URL: "https://elsewhere.example" }, ["--ask-again"]);
  expect(corrected.exitCode, corrected.errors).toBe(0);
  expect(corrected.output).toContain("PUBLIC_URL in your environment (https://elsewhere.example) is not used");
  expect(corrected.output).toContain("redirect URL  https://ringbridge.operator.workers.dev/oura/callback");
  expect(cloudflare.secrets).toEqual(kept); // the token keys as well
  printed.push(refusedApp, mistyped, corrected);
}, 400_000);

it("left no secret anywhere but in request bodies, and no file", () => {
  // The fake knew every request of wrangler, and secrets appeared only in request bodies.
  expect(cloudflare.unknown).toEqual([]);
  const secrets = [token, ...cloudflare.secrets.values(), wrong.OURA_CLIENT_SECRET, "quoted-secret"];
  const seen = {
    printed: printed.map(({ output, errors }) => output + errors).join(),
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
  expect(readdirSync(".").filter((name) => name.startsWith("wrangler.reuse"))).toEqual([]);
});

/** An environment with its own home directory, whose files the test searches afterwards. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    OURA_CLIENT_ID: undefined,
    OURA_CLIENT_SECRET: undefined,
    OURA_TOKEN_URL: `${oura.origin}/sandbox/oura/oauth/token`,
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

function deploy(more: NodeJS.ProcessEnv = {}, options: readonly string[] = []): Promise<ProgramResult> {
  return runNode(["scripts/deploy.ts", ...options], { ...environment(), ...more });
}

/** Types one answer each time a secret is requested. */
function deployAtTerminal(answers: readonly string[]): Promise<ProgramResult> {
  const command = [process.execPath, "scripts/deploy.ts"];
  const linux = ["-qefc", command.join(" "), "/dev/null"];
  const options = process.platform === "linux" ? linux : ["-q", "/dev/null", ...command];
  const child = spawn("script", options, { env: environment() });
  return new Promise((resolve) => {
    let output = "";
    const unanswered = [...answers];
    child.stdout.on("data", (chunk) => {
      output += stripVTControlCharacters(String(chunk));
      const requests = output.split("(from your Ōura app; not shown): ").length - 1;
      while (answers.length - unanswered.length < requests && unanswered.length > 0) {
        const answer = unanswered.shift();
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

async function startSimulator(): Promise<LocalServer> {
  const port = await findFreePort();
  return startLocalServer({
    name: "simulator of a deployment",
    port,
    readyPath: "/sandbox/control/clock",
    parameters: ["sandbox/server.ts", "--port", `${port}`],
  });
}

it("reaches for nothing outside this computer in a dry run", async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`; // a TCP server has a port
  const proxies = {
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    http_proxy: address,
    https_proxy: address,
    NO_PROXY: "",
  };
  const before = cloudflare.requests.length;
  const result = await runNode(["scripts/deploy.ts", "--dry-run"], {
    ...environment(),
    ...proxies,
    CLOUDFLARE_API_TOKEN: undefined,
    WRANGLER_HIDE_BANNER: undefined,
  });
  proxy.close();
  expect(result.exitCode, result.output + result.errors).toBe(0);
  expect([...asked, ...cloudflare.requests.slice(before)]).toEqual([]);
}, 120_000);
