import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { completable, McpServer, ProtocolError, ResourceTemplate } from "@modelcontextprotocol/server";
import { createMcpHandler } from "agents/mcp/server";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { readPageForm } from "../../sandbox/page-form.ts";
import { createVisitor } from "../../sandbox/visitor.ts";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { createSchedule } from "../../src/agent/schedule.ts";
import { createGuardedWarning } from "../../src/auth/guarded-fetch.ts";
import type { Bindings } from "../../src/bindings.ts";
import { readSettings } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { createMcpServer } from "../../src/mcp/mcp-server.ts";
import { runTool, type ToolRun } from "../../src/mcp/run-tool.ts";
import { inBackground } from "../../src/outcome.ts";
import { prompts } from "../../src/prompts/prompts.ts";
import type { Tool } from "../../src/question/tool.ts";
import { resources } from "../../src/resources/resources.ts";
import { createRouter } from "../../src/router.tsx";
import { tools } from "../../src/tools/index.ts";
import { createWorker } from "../../src/worker.ts";
import { agentCalls, noAssertion, noCredential } from "../support/agent-calls.ts";
import { clock } from "../support/clock.ts";
import { failingAt } from "../support/failing.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { refreshForm } from "../support/token-requests.ts";
import { fetchWith, mcpRequest } from "../support/wire.ts";

/** Values thrown in the tests below, in each form that a library may use. */
const throwables: [string, () => unknown][] = [
  ["an error", () => new Error("secret")],
  ["an error with a cause", () => new TypeError("x", { cause: new Error("secret") })],
  ["a text", () => "secret"],
  ["an object", () => ({ message: "secret", toString: () => "secret" })],
];

/** Values that only one function has to handle: the one around all handlers of MCP, or the one that logs. */
const oddThrowables: typeof throwables = [
  ...throwables,
  ["nothing", () => undefined],
  ["an error with data", () => Object.assign(new Error("x"), { code: -32_602, data: { uri: "secret" } })],
  ["an error of the protocol", () => new ProtocolError(-32_602, "secret", { uri: "secret" })],
  ["an error of the protocol that begins like a known one", () => new ProtocolError(-32_602, "Tool secret failed")],
  ["an error whose message looks like a stack", () => new Error("x\n    at secret (secret.ts:1:1)")],
  ["an error whose message is no text", () => Object.assign(new Error("x"), { message: { toString: () => "secret" } })],
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
  const ownWords = /client_secret_|wrangler secret put/g; // a term of OAuth, and the command of the page without settings
  expect(wire.join("\n").replaceAll(ownWords, ""), where).not.toContain("secret");
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

describe("an error thrown inside a handler of MCP becomes only a reference:", () => {
  const page = { links: { home: `${origin}/`, panel: `${origin}/panel` }, viewHtml: "", era: "legacy" as const };
  const [prompt] = prompts;
  const [resource] = resources;
  const templateUri = "template://{name}";
  /** One request for each part of the server that runs code of its own. */
  const requests: { method: string; params?: object }[] = [
    { method: "tools/call", params: { name: "oura_get_device", arguments: {} } },
    { method: "prompts/get", params: { name: prompt.name } },
    { method: "prompts/get", params: { name: "failing", arguments: { name: "x" } } },
    { method: "resources/read", params: { uri: resource.uri } },
    { method: "resources/read", params: { uri: "template://x" } },
    { method: "resources/list" },
    completion({ type: "ref/prompt", name: "failing" }),
    completion({ type: "ref/resource", uri: templateUri }),
  ];
  /** The SDK answers these requests itself. The tests give the server failing handlers for them. */
  const replaced = [
    { method: "ping" },
    { method: "tools/list" },
    { method: "prompts/list" },
    { method: "resources/templates/list" },
    { method: "resources/subscribe", params: { uri: resource.uri } },
    { method: "resources/unsubscribe", params: { uri: resource.uri } },
    { method: "logging/setLevel", params: { level: "info" } },
  ] as const;
  /** The SDK sets the handlers of these requests before any other code can wrap them. */
  const built = [
    {
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "x", version: "1" } },
    },
    { method: "server/discover" },
  ];

  function completion(ref: object) {
    return { method: "completion/complete", params: { ref, argument: { name: "name", value: "" } } };
  }

  function createFailing(fail: () => never): McpServer {
    const server = createMcpServer(site, page, async () => fail(), Date.now);
    const template = new ResourceTemplate(templateUri, { list: fail, complete: { name: fail } });
    server.registerResource("failing", template, {}, fail);
    server.registerPrompt("failing", { argsSchema: z.object({ name: completable(z.string(), fail) }) }, fail);
    server.server.registerCapabilities({ logging: {}, resources: { subscribe: true } });
    for (const { method } of replaced) server.server.setRequestHandler(method, fail);
    Object.assign(server.server, { _oninitialize: fail, _ondiscover: fail });
    return server;
  }

  function modernRequest({ method, params = {} }: { method: string; params?: object }): Request {
    const [name] = [Reflect.get(params, "name") ?? Reflect.get(params, "uri")].filter((one) => one !== undefined);
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientCapabilities": {},
      "io.modelcontextprotocol/clientInfo": { name: "client", version: "1" },
    };
    const headers = {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": method,
      ...(name === undefined ? {} : { "mcp-name": name }),
    };
    return mcpRequest(null, { method, params: { ...params, _meta }, headers });
  }

  const referenceIn = (text: string) => /reference ([0-9a-f]{8})\./.exec(text)?.[1];

  it.each(oddThrowables)("%s", async (form, make) => {
    const fail = () => {
      throw make();
    };
    vi.spyOn(prompt, "write").mockImplementation(fail);
    vi.spyOn(resource, "text").mockImplementation(fail);
    const handler = createMcpHandler(() => createFailing(fail), { corsOptions: false });
    const isThrowable = make() !== undefined; // the SDK's own handlers never throw undefined
    for (const request of [...requests, ...replaced, ...(isThrowable ? built.slice(0, 1) : [])]) {
      const where = `${request.method} ${form}`;
      const reference = referenceIn(await expectNoSecret(await handler.fetch(mcpRequest(null, request)), where));
      expect(reference, where).toBeDefined();
      expect(
        said.filter((line) => line.includes(`"reference":"${reference}"`)),
        where,
      ).toHaveLength(1);
    }
    for (const request of [...requests, ...replaced.slice(1, 4), ...(isThrowable ? built.slice(1) : [])]) {
      const where = `${request.method} of 2026, ${form}`;
      expect(
        referenceIn(await expectNoSecret(await handler.fetch(modernRequest(request)), where)),
        where,
      ).toBeDefined();
    }
  });

  it("keeps the client's own mistakes, with only the data that the protocol defines", async () => {
    const mistake = new ProtocolError(-32_602, "Prompt x not found", { uri: "x", other: "secret" });
    vi.spyOn(prompt, "write").mockImplementation(() => {
      throw mistake;
    });
    const handler = createMcpHandler(() => createMcpServer(site, page, Promise.reject, Date.now), {
      corsOptions: false,
    });
    const request = mcpRequest(null, { method: "prompts/get", params: { name: prompt.name } });
    const text = await expectNoSecret(await handler.fetch(request), "a mistake");
    expect(text).toContain('{"code":-32602,"message":"Prompt \\"x\\" not found","data":{"uri":"x"}}');
  });

  it("covers every handler of the server", () => {
    const server = createMcpServer(site, page, () => Promise.reject(new Error()), Date.now);
    const handlers: Map<string, unknown> = Reflect.get(server.server, "_requestHandlers");
    const covered = [...requests, ...replaced, ...built].map(({ method }) => method);
    expect(covered).toEqual(expect.arrayContaining([...handlers.keys()]));
  });

  it("with the class and the place of the error in the log", async () => {
    vi.spyOn(prompt, "write").mockImplementation(function failInPrompt() {
      throw new RangeError("secret");
    });
    const handler = createMcpHandler(() => createMcpServer(site, page, Promise.reject, Date.now), {
      corsOptions: false,
    });
    await handler.fetch(mcpRequest(null, { method: "prompts/get", params: { name: prompt.name } }));
    expect(said.map((line) => JSON.parse(line))).toEqual([
      {
        event: "internal_error",
        reference: expect.stringMatching(/^[0-9a-f]{8}$/),
        where: expect.stringMatching(/^RangeError \| at .*failInPrompt/),
      },
    ]);
  });

  it.each(oddThrowables)("%s, in a handler of a notification", async (_form, make) => {
    const handler = createMcpHandler(
      () => {
        const server = createMcpServer(site, page, Promise.reject, Date.now);
        server.server.setNotificationHandler("notifications/initialized", () => {
          throw make();
        });
        return server;
      },
      { corsOptions: false },
    );
    const request = mcpRequest(null);
    const body = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
    const response = await handler.fetch(new Request(request, { body }));
    expect(response.status).toBe(202);
    await vi.waitFor(() => expect(said.join()).toContain("mcp_refused"));
  });
});

describe("an error outside the handlers of MCP becomes only a reference:", () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await connectAssistant();
  });

  it.each(oddThrowables)("%s, while the server is created or connected", async (form, make) => {
    const stub = env.RING_AGENT.getByName(assistant.accountId);
    for (const part of ["extraTools", "connect"]) {
      const restore = await breakAgent(stub, part, () => {
        throw make();
      });
      const response = await exports.default.fetch(mcpRequest(assistant.tokens.access_token));
      restore();
      expect(await expectNoSecret(response, `${part} ${form}`)).toMatch(/reference [0-9a-f]{8}\./);
      expect(response.status, part).toBe(500);
    }
  });

  /** Makes a part of the MCP endpoint of a running agent fail. Returns a function that repairs it. */
  async function breakAgent(stub: DurableObjectStub<RingAgent>, part: string, fail: () => never): Promise<() => void> {
    if (part === "connect") {
      const spy = vi.spyOn(McpServer.prototype, "connect").mockImplementation(async (transport) => {
        await transport.start();
        transport.onmessage = fail;
      });
      return () => spy.mockRestore();
    }
    return runInDurableObject(stub, (agent) => {
      const parts: object = Reflect.get(agent, "parts");
      const before = Reflect.get(parts, part);
      Object.defineProperty(parts, part, { get: fail, configurable: true });
      return () => Object.defineProperty(parts, part, { value: before, configurable: true, writable: true });
    });
  }
});

/** Called only by the platform or by another agent inside its own methods: their errors never reach a client. */
const notCalledFromOutside = ["alarm", "flush", "loseConnection"];

describe("an error thrown under an agent's method becomes only a reference:", () => {
  it("covers every method", () => {
    const methods = Object.getOwnPropertyNames(RingAgent.prototype).filter((name) => name !== "constructor");
    expect(methods.toSorted()).toEqual([...Object.keys(agentCalls), ...notCalledFromOutside].toSorted());
  });

  /** Calls an agent whose storage throws. */
  function callFailing<T extends string>(name: string, make: () => unknown, call: (agent: RingAgent) => Promise<T>) {
    return runInDurableObject(env.RING_AGENT.getByName(`failing-${name}`), (_object, state) => {
      const kv = new Proxy(state.storage.kv, {
        get: () => () => {
          throw make();
        },
      });
      const storage = new Proxy(state.storage, {
        get: (target, key) => (key === "kv" ? kv : Reflect.get(target, key).bind?.(target)),
      });
      Object.defineProperty(state, "storage", { value: storage });
      return call(new RingAgent(state, env));
    });
  }

  it.each(Object.keys(agentCalls))("%s", async (method) => {
    for (const [form, make] of throwables) {
      const call = async (agent: RingAgent) => JSON.stringify(await agentCalls[method]?.(agent));
      const answer = await callFailing(`${method}-${form}`, make, call);
      expect(answer, `${method} ${form}`).not.toContain("secret");
      expect(JSON.parse(answer)).toMatchObject({ ok: false });
    }
  });

  it.each(["alarm", "loseConnection"] as const)("%s, which the platform logs and repeats", async (method) => {
    for (const [form, make] of oddThrowables) {
      const thrown = await callFailing(`${method}-${form}`, make, (agent) =>
        agent[method]().then(
          () => "nothing",
          (error: Error) => `${error.stack} ${error.cause}`,
        ),
      );
      expect(thrown, form).toMatch(/^AppError: internal\n/);
      expect(thrown, form).not.toContain("secret");
      expect(said.at(-1), form).toContain('"event":"internal_error"');
    }
  });
});

describe("an error thrown after the response, or in a timer, is only logged:", () => {
  it.each(oddThrowables)("%s", async (_form, make) => {
    const work = inBackground(() => {
      throw make();
    });
    await expect(work).resolves.toBeUndefined();
    expect(said.map((line) => JSON.parse(line))).toEqual([
      { event: "internal_error", reference: expect.stringMatching(/^[0-9a-f]{8}$/), where: expect.any(String) },
    ]);
  });

  it("and an expected failure is logged with its kind and the class of its cause", async () => {
    const cause = new RangeError("secret");
    await inBackground(() => Promise.reject(new AppError({ kind: "store_unavailable" }, { cause })));
    expect(said.map((line) => JSON.parse(line))).toEqual([
      { event: "failure", kind: "store_unavailable", cause: expect.stringMatching(/^RangeError \| at /) },
      { event: "background_failure", kind: "store_unavailable" },
    ]);
  });

  it("in the timer that stores the list of calls", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const unused = {} as never; // the timer uses neither the parts of the agent nor its storage
    const schedule = createSchedule(unused, unused, () => {
      throw new Error("secret");
    });
    schedule.flushLater();
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(said.join()).toContain("internal_error");
  });

  /** The start of work for which no code waits, with what it runs. */
  const starting = /\b(?:waitUntil|setTimeout|setInterval|queueMicrotask)\(\s*(?:\(\)\s*=>\s*)?.*/g;

  /** To settle a promise cannot fail, so it needs no catch. */
  function isCaught(start: string): boolean {
    return /\(\s*(?:\(\)\s*=>\s*)?(?:inBackground\(|resolve,|reject\()|waitUntil\(promise/.test(start);
  }

  it("wherever the platform runs such work", () => {
    const sources = import.meta.glob<string>("../../src/**/*.{ts,tsx}", {
      query: "?raw",
      import: "default",
      eager: true,
    });
    const starts = Object.entries(sources).flatMap(([path, text]) =>
      Array.from(text.matchAll(starting), ([start]) => `${path}: ${start}`),
    );
    expect(starts.length).toBeGreaterThan(8);
    expect(starts.filter((start) => start.includes("setTimeout")).length).toBeGreaterThan(2);
    expect(starts.filter((start) => !isCaught(start))).toEqual([]);
  });

  it.each<[string, boolean]>([
    ["context.waitUntil(inBackground(close));", true],
    ["context.waitUntil(close());", false],
    ["setTimeout(() => inBackground(close), 0)", true],
    ["setTimeout(\n  () =>\n    inBackground(() => close()),\n)", true],
    ['setTimeout(() => import("./close.ts"), 0)', false],
    ["setInterval(close, 1_000)", false],
    ["queueMicrotask(close)", false],
  ])("%s, which is judged by its text", (text, isAllowed) => {
    const [start] = text.match(starting) ?? [""];
    expect(isCaught(start)).toBe(isAllowed);
  });
});

it("a warning of the OAuth library is logged without its text", () => {
  const warn = createGuardedWarning(console.warn);
  warn("CIMD fetch failed for https://client.example/secret.json?key=secret:", "secret");
  warn("Failed to renew client registration secret:", new TypeError("secret"));
  warn(JSON.stringify({ event: "read_again" }));
  expect(said.map((line) => JSON.parse(line))).toEqual([
    { event: "client_document_refused", host: "client.example", where: expect.stringMatching(/^Error \| at /) },
    { event: "library_warning", where: expect.stringMatching(/^TypeError \| at /) },
    { event: "read_again" },
  ]);
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

/** The bindings of the tests, of which every call counts for `failing` and one call fails. */
function guardBindings(failing: ReturnType<typeof failingAt>): Bindings {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, typeof value === "object" ? failing.guard(value) : value]),
  ) as unknown as Bindings; // the same bindings, each wrapped to throw
}

describe("an error thrown by any call of an OAuth endpoint or of /mcp with a real token does not leak:", () => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = await connectAssistant();
  });

  const metadata = { client_name: "x", redirect_uris: ["http://127.0.0.1/x"], token_endpoint_auth_method: "none" };
  const requests: [string, () => Request][] = [
    ["a registration", () => post("/oauth/register", "application/json", JSON.stringify(metadata))],
    ["a refresh", () => postForm(refreshForm(assistant, assistant.tokens.refresh_token ?? ""))],
    [
      "a revocation",
      () => postForm({ token: assistant.tokens.refresh_token ?? "", client_id: assistant.client.clientId }),
    ],
    [
      "a code that is not valid",
      () =>
        postForm({
          ...refreshForm(assistant, ""),
          grant_type: "authorization_code",
          code: assistant.tokens.refresh_token ?? "",
          code_verifier: "x".repeat(43),
          redirect_uri: assistant.client.redirectUri,
        }),
    ],
    ["a list of tools", () => mcpRequest(assistant.tokens.access_token)],
    [
      "a tool call",
      () =>
        mcpRequest(assistant.tokens.access_token, {
          method: "tools/call",
          params: { name: "oura_get_permissions", arguments: {} },
        }),
    ],
  ];

  function post(path: string, type: string, body: string): Request {
    const address = `10.99.${crypto.getRandomValues(new Uint8Array(2)).join(".")}`;
    return new Request(`${origin}${path}`, {
      method: "POST",
      headers: { "content-type": type, "cf-connecting-ip": address },
      body,
    });
  }

  function postForm(form: Record<string, string>): Request {
    return post("/oauth/token", "application/x-www-form-urlencoded", new URLSearchParams(form).toString());
  }

  it.each(requests)("%s", async (name, make) => {
    if (name === "a refresh" || name === "a revocation") assistant = await connectAssistant();
    for (let at = 1; at < 60; at += 1) {
      const [, thrown] = throwables[at % throwables.length] ?? ["", () => new Error("secret")];
      const failing = failingAt(at, thrown);
      await expectNoSecret(await fetchWith({ ...guardBindings(failing) }, make()), `${name}, call ${at}`);
      if (failing.hasFailed()) continue;
      expect(at, name).toBeGreaterThan(2); // the request used the bindings
      return;
    }
    throw new Error("the request never succeeded");
  });
});

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
      const response = await fetchWith({ ...guardBindings(failing) }, requestFor(method, path, person));
      await expectNoSecret(response, `${method} ${path}, call ${at}`);
      if (!failing.hasFailed()) return;
    }
    throw new Error("the request never succeeded");
  });
});

describe.each([
  ["complete", {}],
  ["incomplete", { OURA_CLIENT_ID: undefined }],
])("an error thrown while reading any of the %s settings does not leak:", (_kind, change: object) => {
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
      const response = await worker.fetch(request, { ...env, ...change }, createExecutionContext());
      const text = await expectNoSecret(response, `${path}, setting ${at}`);
      if (!failing.hasFailed()) return;
      expect(response.status).toBe(500);
      const [, reference] = /reference ([0-9a-f]{8})\b/.exec(text) ?? [];
      expect(reference, `${path}, setting ${at}`).toBeDefined();
      expect(said.join("\n"), `${path}, setting ${at}`).toContain(`"reference":"${reference}"`);
    }
    throw new Error("the request never succeeded");
  });
});
