import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createMcpHandler } from "agents/mcp/server";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import { createVisitor } from "../../sandbox/visitor.ts";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { readSettings } from "../../src/config.ts";
import { createMcpServer } from "../../src/mcp/mcp-server.ts";
import { runTool, type ToolRun } from "../../src/mcp/run-tool.ts";
import { prompts } from "../../src/prompts/prompts.ts";
import type { Tool } from "../../src/question/tool.ts";
import { resources } from "../../src/resources/resources.ts";
import { createRouter } from "../../src/router.tsx";
import { tools } from "../../src/tools/index.ts";
import { createWorker } from "../../src/worker.ts";
import { agentCalls, noAssertion, noCredential } from "../support/agent-calls.ts";
import { clock } from "../support/clock.ts";
import { failingAt } from "../support/failing.ts";
import { origin } from "../support/product.ts";
import { fetchWith, mcpRequest } from "../support/wire.ts";

/** Values thrown in the tests below, in each form that a library may use. */
const throwables: [string, () => unknown][] = [
  ["an error", () => new Error("secret")],
  ["an error with a cause", () => new TypeError("x", { cause: new Error("secret") })],
  ["a text", () => "secret"],
  ["an object", () => ({ message: "secret", toString: () => "secret" })],
];

let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const method of ["log", "warn", "error", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      said.push(parts.map((part) => (part instanceof Error ? `${part.stack}` : String(part))).join(" "));
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(said.filter((line) => line.includes("secret"))).toEqual([]);
});

async function expectNoSecret(response: Response, where: string): Promise<string> {
  const text = await response.text();
  const wire = [response.statusText, ...Array.from(response.headers, ([name, value]) => `${name}: ${value}`), text];
  expect(wire.join("\n").replaceAll("client_secret_", ""), where).not.toContain("secret"); // terms of OAuth
  return text;
}

const settings = readSettings(env);
const { site } = settings;

describe("an error thrown inside a tool does not leak:", () => {
  /** A tool context in which every part throws when used. */
  function hostile(
    thrown: unknown,
    part: "begin" | "reader" | "access" | "standing" | "clock" | "hold" | "end",
  ): ToolRun {
    const fail = (): never => {
      throw thrown;
    };
    const thrower: object = new Proxy({}, { get: () => fail });
    return {
      links: { home: `${origin}/`, panel: `${origin}/panel` },
      open: async () => {
        if (part === "begin") fail();
        const context = {
          now: clock.now(),
          reader: thrower,
          access: { oura: readableScopes, assistant: readableScopes },
          standing: { kind: "connected" },
          clock: { offsetMinutes: null, remember() {} },
          panelUrl: `${origin}/panel`,
        };
        if (part !== "reader") Object.defineProperty(context, part, { get: fail });
        return context as unknown as never; // the types do not know a context that throws
      },
      cached: async (_key, make) => (part === "hold" ? fail() : make()),
      draws: true,
    };
  }
  const readableScopes = ["daily", "heartrate", "spo2", "workout", "tag", "ring_configuration", "stress", "personal"];

  it.each(tools.map(({ name }) => name))("%s", async (name) => {
    for (const [form, make] of throwables) {
      for (const part of ["begin", "reader", "access", "standing", "clock", "hold", "end"] as const) {
        const host = hostile(make(), part);
        const call = async (tool: Tool, given: unknown) => {
          const answer = await runTool(tool, given, host);
          if (part === "end") throw make();
          return answer;
        };
        const page = { links: host.links, viewHtml: "", era: "legacy" as const };
        const handler = createMcpHandler(() => createMcpServer(site, page, call, Date.now), { corsOptions: false });
        const input = name === "oura_get_trends" ? { metrics: ["sleep_score"] } : {};
        const response = await handler.fetch(
          mcpRequest(null, { method: "tools/call", params: { name, arguments: input } }),
        );
        await expectNoSecret(response, `${name} ${part} ${form}`);
      }
    }
  });
});

describe("an error thrown inside a prompt or a reference text becomes only a reference:", () => {
  const page = { links: { home: `${origin}/`, panel: `${origin}/panel` }, viewHtml: "", era: "legacy" as const };
  const unused = () => Promise.reject(new Error("no tool is called here"));
  const handler = createMcpHandler(() => createMcpServer(site, page, unused, Date.now), { corsOptions: false });
  const [prompt] = prompts;
  const [resource] = resources;

  it.each(throwables)("%s", async (form, make) => {
    const fail = () => {
      throw make();
    };
    vi.spyOn(prompt, "write").mockImplementation(fail);
    vi.spyOn(resource, "text").mockImplementation(fail);
    const requests = [
      { method: "prompts/get", params: { name: prompt.name } },
      { method: "resources/read", params: { uri: resource.uri } },
    ];
    for (const request of requests) {
      const text = await expectNoSecret(await handler.fetch(mcpRequest(null, request)), `${request.method} ${form}`);
      expect(text, request.method).toMatch(/Something went wrong|reference/i);
    }
  });
});

/** Called only by the platform or by another agent inside its own methods: their errors never reach a client. */
const notCalledFromOutside = ["alarm", "flush", "loseConnection"];

describe("an error thrown under an agent's method becomes only a reference:", () => {
  it("covers every method", () => {
    const methods = Object.getOwnPropertyNames(RingAgent.prototype).filter((name) => name !== "constructor");
    expect(methods.toSorted()).toEqual([...Object.keys(agentCalls), ...notCalledFromOutside].toSorted());
  });

  it.each(Object.keys(agentCalls))("%s", async (method) => {
    for (const [form, make] of throwables) {
      const stub = env.RING_AGENT.getByName(`failing-${method}-${form}`);
      const answer = await runInDurableObject(stub, async (_object, state) => {
        const kv = new Proxy(state.storage.kv, {
          get: () => () => {
            throw make();
          },
        });
        const storage = new Proxy(state.storage, {
          get: (target, key) => (key === "kv" ? kv : Reflect.get(target, key).bind?.(target)),
        });
        Object.defineProperty(state, "storage", { value: storage });
        const agent = new RingAgent(state, env);
        return JSON.stringify(await agentCalls[method]?.(agent));
      });
      expect(answer, `${method} ${form}`).not.toContain("secret");
      expect(JSON.parse(answer)).toMatchObject({ ok: false });
    }
  });
});

interface Prepared {
  cookie: string;
  /** The query of the authorization request. */
  query: string;
  handle: string;
  state: string;
}

/** The browser state of a signed-in, registered person with an open consent page and a started walk to Oura. */
async function prepare(): Promise<Prepared> {
  let cookie = "";
  prepared += 1;
  const visitor = createVisitor({
    origin,
    address: `10.77.${prepared >> 8}.${prepared & 255}`,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      cookie = request.headers.get("cookie") ?? cookie;
      return fetchWith({}, request);
    },
  });
  await createAccount(visitor);
  await register(visitor);
  const client = await registerClient(visitor, await discover(visitor), {
    name: "x",
    redirectUri: "http://127.0.0.1:4711/callback",
  });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    code_challenge: "x".repeat(43),
    code_challenge_method: "S256",
  }).toString();
  const { fields } = readPageForm(await (await visitor.open(`/authorize?${query}`)).text());
  const toOura = await visitor.submitForm("/connect", new URLSearchParams());
  const state = new URL(toOura.headers.get("location") ?? "").searchParams.get("state") ?? "";
  await visitor.open("/panel"); // so that the newest cookies are recorded
  return { cookie, query, handle: fields.handle ?? "", state };
}
let prepared = 0;

/** Requests that run as much code as possible; routes not listed here get a plain request. */
function requestFor(method: string, path: string, { cookie, query, handle, state }: Prepared): Request {
  const search = path === "/authorize" ? `?${query}` : path === "/oura/callback" ? `?code=x&state=${state}` : "";
  const form = { handle, scope: "daily", decision: "allow", next: "/panel", id: "x", key: accountKey, revoke: "yes" };
  const isJson = path.endsWith("/options") || path.includes("passkey") || path === "/operator";
  const json = JSON.stringify({ command: "status", response: { ...noCredential, response: noAssertion } });
  return new Request(`${origin}${path.replace(":name", "style.css").replace("*", "")}${search}`, {
    method: method === "ALL" ? "GET" : method,
    redirect: "manual",
    headers: {
      cookie,
      origin,
      "cf-connecting-ip": `10.88.${crypto.getRandomValues(new Uint8Array(2)).join(".")}`,
      ...(isJson
        ? {
            "content-type": "application/json",
            accept: "application/json",
            authorization: "Bearer operator-key-of-the-tests",
          }
        : { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(method === "POST" ? { body: isJson ? json : new URLSearchParams(form).toString() } : {}),
  });
}
const accountKey = `${"0".repeat(58)}`;

/** These routes use up state, so each attempt prepares it again. */
const usesUp = ["/authorize", "/oura/callback", "/delete-account", "/sign-out", "/sign-out-everywhere"];

function allRoutes(): [string, string][] {
  if (settings.kind !== "ready") throw new Error("the test pool has all settings");
  const { routes } = createRouter(settings, origin);
  const own = routes.filter(({ path }) => path !== "/*").map(({ method, path }) => `${method} ${path}`);
  const provided = ["POST /mcp", "POST /oauth/token", "POST /oauth/register"];
  const wellKnown = ["GET /.well-known/oauth-protected-resource/mcp", "GET /.well-known/oauth-authorization-server"];
  return [...new Set([...own, ...provided, ...wellKnown, "GET /nowhere"])].map((route) => {
    const [method = "", path = ""] = route.split(" ");
    return [method, path];
  });
}

describe("an error thrown by any call of a page does not leak:", () => {
  let shared: Prepared;
  beforeAll(async () => {
    shared = await prepare();
  });

  it.each(allRoutes())("%s %s", async (method, path) => {
    for (let at = 1; at < 60; at += 1) {
      const person = usesUp.includes(path) ? await prepare() : shared;
      const [, make] = throwables[at % throwables.length] ?? ["", () => new Error("secret")];
      const failing = failingAt(at, make);
      const bindings = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, typeof value === "object" ? failing.guard(value) : value]),
      ) as unknown as Bindings; // the same bindings, each wrapped to throw
      const response = await fetchWith({ ...bindings }, requestFor(method, path, person));
      await expectNoSecret(response, `${method} ${path}, call ${at}`);
      if (!failing.hasFailed()) return;
    }
    throw new Error("the request never succeeded");
  });
});

describe("an error thrown while reading any setting does not leak:", () => {
  it.each([
    "/",
    "/help",
    "/privacy",
    "/terms",
    "/sign-in",
    "/panel",
    "/authorize",
    "/mcp",
    "/nowhere",
    "/assets/style.css",
  ])("GET %s", async (path) => {
    const { cookie } = await prepare();
    for (let at = 1; at < 200; at += 1) {
      const failing = failingAt(at, () => new Error("secret"));
      const worker = createWorker((bindings) => failing.guardReads(readSettings(bindings)));
      const request = new Request(`${origin}${path}`, { headers: { cookie } });
      const response = await worker.fetch(request, { ...env }, createExecutionContext());
      await expectNoSecret(response, `${path}, setting ${at}`);
      if (!failing.hasFailed()) return;
      expect(response.status).toBe(500);
    }
    throw new Error("the request never succeeded");
  });
});
