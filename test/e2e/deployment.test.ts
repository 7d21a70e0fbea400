import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { createVisitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
} from "../../sandbox/walk.ts";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";
import { callTool } from "./plain-client.ts";

const wrangler = "node_modules/wrangler/bin/wrangler.js";

it("works with another Oura address by settings only", async () => {
  const oura = await startSimulator();
  onTestFinished(oura.stop);
  const worker = await startWorker("own-settings", {
    OURA_CLIENT_ID: "sandbox-legacy",
    OURA_CLIENT_SECRET: "sandbox-secret",
    TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    OURA_API_URL: `${oura.origin}/sandbox/oura`,
    OURA_AUTHORIZE_URL: `${oura.origin}/sandbox/oura/oauth/authorize`,
    OURA_TOKEN_URL: `${oura.origin}/sandbox/oura/oauth/token`,
    OURA_REVOKE_URL: `${oura.origin}/sandbox/oura/oauth/revoke`,
  });
  onTestFinished(worker.stop);

  const visitor = createVisitor({ origin: worker.origin });
  const server = await discover(visitor);
  await createAccount(visitor);
  expect(await register(visitor)).toBe("approved");
  const client = await registerClient(visitor, server, { name: "e2e", redirectUri: "http://127.0.0.1:33418/callback" });
  const authorized = await authorizeClient(visitor, server, client, { person: "everyday", scopes: null });
  const { access_token } = await exchangeCode(visitor, server, client, authorized);
  expect(await callTool(worker.origin, access_token, "oura_get_device")).toMatchObject({
    structuredContent: { summary: expect.stringContaining("Ōura Ring 4") },
  });
});

describe("without settings", () => {
  let worker: LocalServer;
  beforeAll(async () => {
    worker = await startWorker("no-settings", {});
    return worker.stop;
  });

  it.each(["/", "/help", "/privacy", "/terms", "/assets/style.css"])("serves %s", async (path) => {
    expect((await fetch(worker.origin + path)).status).toBe(200);
  });

  it("says in /health that it is not configured", async () => {
    expect(await (await fetch(`${worker.origin}/health`)).json()).toMatchObject({ status: "ok", configured: false });
  });

  it.each(["/panel", "/authorize", "/mcp", "/oauth/token", "/sign-in", "/.well-known/oauth-authorization-server"])(
    "answers 503 at %s and names what is missing",
    async (path) => {
      const response = await fetch(worker.origin + path);
      expect(response.status).toBe(503);
      expect(await response.text()).toMatch(/OURA_CLIENT_ID, OURA_CLIENT_SECRET, TOKEN_KEYS.*npm start/s);
    },
  );
});

it("does not deploy the simulator or a way to set the clock", async () => {
  const directory = join(inject("scratch"), "bundle");
  await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", directory]);
  const bundle = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(directory, name), "utf8"))
    .join("\n");
  expect(bundle).toContain("oura_get_daily_summary"); // the bundle contains the product
  const planted = [
    "Refresh token already used",
    "/sandbox/",
    "sandbox-secret",
    "far_east",
    "Everyday Eli",
    "OuraSimulator",
    "CLOCK_OFFSET_MS",
    "timeOrigin",
  ];
  expect(planted.filter((text) => bundle.includes(text))).toEqual([]);
});

async function startSimulator(): Promise<LocalServer> {
  const port = await findFreePort();
  return startLocalServer({
    name: "simulator",
    port,
    readyPath: "/sandbox/control/clock",
    parameters: ["sandbox/server.ts", "--port", `${port}`],
  });
}

/** `wrangler dev` like `npm run dev`, with the given settings instead of .dev.vars. */
async function startWorker(name: string, settings: Readonly<Record<string, string>>): Promise<LocalServer> {
  const directory = join(inject("scratch"), name);
  mkdirSync(directory);
  const settingsPath = join(directory, "settings.env");
  const lines = Object.entries(settings).map(([setting, value]) => `${setting}=${value}\n`);
  writeFileSync(settingsPath, lines.join(""), { mode: 0o600 });
  const port = await findFreePort();
  return startLocalServer({
    name,
    port,
    readyPath: "/health",
    parameters: [
      ...[wrangler, "dev", "--port", `${port}`, "--inspector-port", "0", "--persist-to", directory],
      ...["--env-file", settingsPath, "--show-interactive-dev-session=false"],
    ],
  });
}
