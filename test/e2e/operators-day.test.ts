import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "dotenv";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { SoftwarePasskey } from "../../sandbox/software-passkey.ts";
import { createVisitor, type Visitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
  signIn,
} from "../../sandbox/walk.ts";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { createTokenKeys, ensureTokenKeys } from "../../scripts/token-keys.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";
import { callTool, postMcp } from "./plain-client.ts";
import { runNode } from "./run-node.ts";

/**
 * An operator's first day by the documents: the example file, a running server, and everything that goes wrong then, with
 * the words that each person reads in the place where they look. `npm test` runs the first part; the nightly run all of
 * it, which restarts the server with other settings on the same storage.
 */

const operatorKey = "operator-key-of-this-day";

let oura: LocalServer;
let settings: Record<string, string>;
let directory: string;
let port: number;

beforeAll(async () => {
  directory = join(inject("scratch"), "operators-day");
  mkdirSync(directory, { recursive: true });
  port = await findFreePort();
  const ouraPort = await findFreePort();
  oura = await startLocalServer({
    name: "operators-day-oura",
    port: ouraPort,
    readyPath: "/sandbox/control/clock",
    parameters: ["sandbox/server.ts", "--port", `${ouraPort}`],
  });
  settings = fillInExample();
});
afterAll(() => oura.stop());

/** Copies the example file, fills in id and secret, and lets `npm run dev` add the keys. */
function fillInExample(): Record<string, string> {
  const path = join(directory, ".dev.vars");
  copyFileSync(".dev.vars.example", path);
  const text = readFileSync(path, "utf8")
    .replace("OURA_CLIENT_ID=", "OURA_CLIENT_ID=sandbox-legacy")
    .replace("OURA_CLIENT_SECRET=", "OURA_CLIENT_SECRET=sandbox-secret");
  writeFileSync(path, text);
  ensureTokenKeys(path);
  const base = `${oura.origin}/sandbox/oura`;
  return {
    ...parse(readFileSync(path, "utf8")),
    OURA_API_URL: base,
    OURA_AUTHORIZE_URL: `${base}/oauth/authorize`,
    OURA_TOKEN_URL: `${base}/oauth/token`,
    OURA_REVOKE_URL: `${base}/oauth/revoke`,
    OPERATOR_KEY: operatorKey,
  };
}

/** `wrangler dev` as `npm run dev` runs it, on the storage of this day. */
async function startWorker(name: string, changed: Readonly<Record<string, string>> = {}): Promise<LocalServer> {
  const path = join(directory, `${name}.env`);
  const lines = Object.entries({ ...settings, ...changed }).map(([setting, value]) => `${setting}=${value}\n`);
  writeFileSync(path, lines.join(""), { mode: 0o600 });
  return startLocalServer({
    name: `operators-day-${name}`,
    port,
    ...(changed.PUBLIC_URL === undefined ? {} : { host: new URL(changed.PUBLIC_URL).hostname }),
    readyPath: "/health",
    parameters: [
      ...["node_modules/wrangler/bin/wrangler.js", "dev", "--port", `${port}`, "--inspector-port", "0"],
      ...["--persist-to", join(directory, "state"), "--env-file", path, "--show-interactive-dev-session=false"],
    ],
  });
}

const doctor = (origin: string) =>
  runNode(["scripts/doctor.ts", origin, "--oura", `${oura.origin}/sandbox/oura`], { OPERATOR_KEY: operatorKey });
const operator = (origin: string, ...words: string[]) =>
  runNode(["scripts/operator.ts", ...words, "--url", origin], { OPERATOR_KEY: operatorKey });
const logOf = (name: string) => readFileSync(`test-results/operators-day-${name}.log`, "utf8");

interface Wearer {
  visitor: Visitor;
  passkey: SoftwarePasskey;
  token: string;
}

async function connectWearer(origin: string): Promise<Wearer> {
  const visitor = createVisitor({ origin, address: "192.0.2.19" }); // limits count the operator's own requests apart
  const server = await discover(visitor);
  const passkey = await createAccount(visitor);
  expect(await register(visitor)).toBe("approved");
  return { visitor, passkey, token: await allowAssistant(visitor, server) };
}

async function allowAssistant(visitor: Visitor, server: Awaited<ReturnType<typeof discover>>): Promise<string> {
  const client = await registerClient(visitor, server, { name: "day", redirectUri: "http://127.0.0.1:33418/callback" });
  const authorized = await authorizeClient(visitor, server, client, { person: "everyday", scopes: null });
  return (await exchangeCode(visitor, server, client, authorized)).access_token;
}

const panelOf = async ({ visitor }: Wearer) => (await (await visitor.open("/panel")).text()).replaceAll("&#39;", "'");

describe("the commands", () => {
  it("work with the example file filled in, and name each mistake with what to do", async () => {
    const worker = await startWorker("malformed", { BETA_CAPACITY: "ten" });
    onTestFinished(worker.stop);
    expect(await (await fetch(`${worker.origin}/health`)).json()).toMatchObject({
      configured: true,
      malformed: ["BETA_CAPACITY"],
    });
    const healthy = await doctor(`${worker.origin}/`);
    expect(healthy).toMatchObject({ exitCode: 0, output: expect.stringContaining("0 to mend") });
    expect(healthy.output).toContain("but malformed and not applied: BETA_CAPACITY");
    expect(healthy.output).toContain("Ōura app: Ōura accepts its id and secret");
    expect(logOf("malformed")).toContain('{"event":"malformed_settings","names":["BETA_CAPACITY"]}');

    const set = await operator(`${worker.origin}/`, "capacity", "3");
    expect(JSON.parse(set.output)).toMatchObject({ capacity: 3, capacity_set_by: "operator" });
    expect(set.errors).toContain("This overrides BETA_CAPACITY");
    const unset = await operator(worker.origin, "capacity", "default");
    expect(JSON.parse(unset.output)).toMatchObject({ capacity: 10, capacity_set_by: "setting" });
    expect(await operator(worker.origin, "check")).toMatchObject({ output: expect.stringContaining('"accepted"') });
  });

  it("print the status and the first line of an answer that is not Ringbridge's", async () => {
    const stranger = createServer((_request, response) => response.writeHead(502).end("Bad gateway\nof a proxy"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void stranger.close());
    const { port: its } = stranger.address() as AddressInfo; // a TCP server has a port
    const result = await operator(`http://127.0.0.1:${its}`, "status");
    expect(result).toMatchObject({ exitCode: 1, output: "" });
    expect(result.errors).toBe(
      `http://127.0.0.1:${its} did not answer as Ringbridge does. Status 502, first line: Bad gateway\n`,
    );
  });

  it("stop at missing settings, without findings that follow from them", async () => {
    const worker = await startWorker("unset", { OURA_CLIENT_ID: "", OURA_CLIENT_SECRET: "", TOKEN_KEYS: "" });
    onTestFinished(worker.stop);
    const result = await doctor(worker.origin);
    expect(result.output).toContain("missing or malformed: OURA_CLIENT_ID, OURA_CLIENT_SECRET, TOKEN_KEYS");
    expect(result).toMatchObject({ exitCode: 1, output: expect.stringContaining("1 to mend") });
  });

  it("end without a message when the reader of their output ends", async () => {
    const { stderr } = await promisify(execFile)("sh", [
      "-c",
      `"${process.execPath}" scripts/doctor.ts http://localhost:1 | true`,
    ]);
    expect(stderr).toBe("");
  });
});

describe.runIf(inject("long"))("a whole day", () => {
  let wearer: Wearer;
  let worker: LocalServer | null = null;
  /** Secrets made later in the day. */
  const others: string[] = [];
  const keys = {
    first: "",
    second: createTokenKeys().replace("k1:", "k2:"),
    third: createTokenKeys().replace("k1:", "k3:"),
  };

  async function restart(name: string, changed: Readonly<Record<string, string>> = {}): Promise<string> {
    await worker?.stop();
    worker = await startWorker(name, changed);
    return worker.origin;
  }

  afterAll(() => worker?.stop());

  it("begins with a wearer who connects and asks", async () => {
    keys.first = settings.TOKEN_KEYS ?? "";
    const origin = await restart("right");
    wearer = await connectWearer(origin);
    expect(await callTool(origin, wearer.token, "oura_get_device")).not.toHaveProperty("isError");
    expect(await panelOf(wearer)).toContain(">Connected<");
  });

  it("goes on after a rotation of the keys", async () => {
    const origin = await restart("rotated", { TOKEN_KEYS: `${keys.second},${keys.first}` });
    // A page decrypts with the old key; nothing was read yet, so the tokens still have it.
    expect(await panelOf(wearer)).toContain(">Connected<");
    expect(await callTool(origin, wearer.token, "oura_get_permissions")).toMatchObject({
      structuredContent: { connection: "connected" },
    });
  });

  it("says that a key is lost in panel, status and doctor, and is whole again when it is back", async () => {
    const origin = await restart("lost", { TOKEN_KEYS: keys.third });
    await signIn(wearer.visitor, wearer.passkey); // the cookie of before cannot be read
    const panel = await panelOf(wearer);
    expect(panel).toContain("This server's encryption key has changed");
    expect(panel).toContain(">Reconnect needed<");
    await expect
      .poll(async () => (await operator(origin, "status")).output, { timeout: 90_000, interval: 15_000 })
      .toMatch(/"key_changed": [1-9]/);
    const found = await doctor(origin);
    expect(found).toMatchObject({ exitCode: 1, output: expect.stringContaining("could not be decrypted") });
    expect(found.output).toContain("A key was removed from TOKEN_KEYS: put it back behind the first one.");

    const again = await restart("found", { TOKEN_KEYS: `${keys.third},${keys.second},${keys.first}` });
    expect(await panelOf(wearer)).toContain(">Connected<");
    expect(await callTool(again, wearer.token, "oura_get_device")).not.toHaveProperty("isError");
  }, 180_000);

  it("sends the wearer to the operator while the secret is wrong, and loses nothing", async () => {
    const every = { TOKEN_KEYS: `${keys.third},${keys.second},${keys.first}` };
    const origin = await restart("wrong-secret", { ...every, OURA_CLIENT_SECRET: "not-the-secret" });
    await fetch(`${oura.origin}/sandbox/control/tokens/expire`, { method: "POST" });
    expect(await callTool(origin, wearer.token, "oura_get_device")).toMatchObject({
      isError: true,
      content: [
        {
          text: expect.stringContaining(
            "Ōura does not accept the credentials with which this server identifies itself",
          ),
        },
      ],
    });
    await signIn(wearer.visitor, wearer.passkey);
    expect(await panelOf(wearer)).toContain(">Ōura refuses this server<");
    await expect.poll(() => logOf("wrong-secret"), { timeout: 10_000 }).toContain('"event":"oura_app_refused"');
    const found = await doctor(origin);
    expect(found).toMatchObject({ exitCode: 1, output: expect.stringContaining("Ōura refuses its id or secret") });
    expect(found.output).toContain("npm run deploy -- --ask-again");
    expect((await operator(origin, "check")).output).toContain('"refused"');

    const corrected = await restart("corrected", every);
    await expect
      .poll(() => callTool(corrected, wearer.token, "oura_get_device"), { timeout: 60_000, interval: 5_000 })
      .not.toHaveProperty("isError");
    expect(await panelOf(wearer)).toContain(">Connected<");
  }, 240_000);

  it("moves to another host name, where account keys and connections work, and passkeys and assistants are new", async () => {
    const page = await (await wearer.visitor.submitForm("/account-key", new URLSearchParams())).text();
    const accountKey = /id="shown-account-key">\s*([0-9a-z-]+)/.exec(page)?.[1] ?? "";
    expect(accountKey).not.toBe("");
    const before = `http://localhost:${port}`;
    const after = `http://127.0.0.1:${port}`;
    const every = { TOKEN_KEYS: `${keys.third},${keys.second},${keys.first}` };
    await restart("moved", { ...every, PUBLIC_URL: after });

    const old = await fetch(`${before}/panel`, { headers: { accept: "text/html" } });
    expect({ status: old.status, text: await old.text() }).toMatchObject({
      status: 421,
      text: expect.stringContaining(`This server answers at ${after} only. Its MCP address is ${after}/mcp.`),
    });
    expect((await postMcp(after, wearer.token, "tools/list")).status).toBe(401);

    const visitor = createVisitor({ origin: after, address: "192.0.2.20" });
    const offered = await (await visitor.postJson("/sign-in/options", {})).json();
    const options = z.object({ challenge: z.string(), rpId: z.string() }).parse(offered);
    expect(options.rpId).toBe("127.0.0.1"); // a browser offers no passkey of another host
    const response = await wearer.passkey.get(options, { relyingPartyId: "localhost", origin: before });
    expect((await visitor.postJson("/sign-in/passkey", { response, next: "/panel" })).ok).toBe(false);

    const form = new URLSearchParams({ key: accountKey, next: "/panel" });
    expect((await visitor.submitForm("/sign-in/key", form)).headers.get("location")).toBe("/panel");
    const token = await allowAssistant(visitor, await discover(visitor));
    expect(await callTool(after, token, "oura_get_device")).not.toHaveProperty("isError");
    expect(await panelOf({ ...wearer, visitor })).toContain(">Connected<"); // until then it tells how the last call ended
    const connect = await visitor.submitForm("/connect", new URLSearchParams());
    const sentTo = new URL(connect.headers.get("location") ?? "").searchParams.get("redirect_uri");
    expect(sentTo).toBe(`${after}/oura/callback`);
    others.push(accountKey, token);
  }, 180_000);

  it("leaves no secret in a log", () => {
    const secrets = [...Object.values(keys), operatorKey, "not-the-secret", wearer.token, ...others];
    const logs = readdirSync("test-results").filter((name) => /^operators-day-(?!oura)/.test(name));
    const text = logs.map((name) => readFileSync(join("test-results", name), "utf8")).join("\n");
    expect(logs.length).toBeGreaterThan(4);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
