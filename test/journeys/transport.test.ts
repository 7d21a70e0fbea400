import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
} from "../../sandbox/walk.ts";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";

let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
});

const ping = { jsonrpc: "2.0", id: 1, method: "ping" };

interface Sending {
  url?: string;
  method?: string;
  /** Null sends no token. */
  token?: string | null;
  headers?: Record<string, string | null>;
}

/** Sends a body as it is, or as JSON. A header of null is left out. */
async function send(
  body: unknown,
  { url = `${origin}/mcp`, method = "POST", token = assistant.tokens.access_token, headers = {} }: Sending = {},
) {
  const all = {
    host: new URL(url).host,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  };
  const response = await exports.default.fetch(url, {
    method,
    redirect: "manual",
    headers: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)),
    ...(method === "POST" ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
  return { response, status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

const rpc = (method: string, params: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });

/** The JSON-RPC message of an answer, which may be an event. */
function messageOf(text: string) {
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
}

describe("the Accept header", () => {
  it.each([
    ["*/*", "application/json"],
    [null, "application/json"],
    ["", "application/json"],
    ["application/json", "application/json"],
    ["APPLICATION/JSON; charset=utf-8", "application/json"],
    ["application/*", "application/json"],
    ["application/json, text/event-stream;q=0", "application/json"],
    ["text/html", "application/json"], // answered all the same, as HTTP allows
    ["text/event-stream", "text/event-stream"],
    ["Text/Event-Stream", "text/event-stream"],
    ["text/*, application/json;q=0", "text/event-stream"],
    ["application/json, text/event-stream", "text/event-stream"],
    ["text/event-stream, */*;q=0.1", "text/event-stream"],
    ["application/json;q=0.9, text/event-stream;q=0.1", "application/json"],
  ])("%j is answered with %s", async (accept, expected) => {
    const { status, type, text } = await send(ping, { headers: { accept } });
    expect([status, type]).toEqual([200, expected]);
    expect(messageOf(text)).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
    expect(text.startsWith("{")).toBe(expected === "application/json");
  });

  it("gives a client that takes JSON alone one list for a batch, and a tool's whole answer", async () => {
    const headers = { accept: "application/json" };
    const { text } = await send([ping, { ...ping, id: 2 }], { headers });
    expect(JSON.parse(text)).toEqual([
      { jsonrpc: "2.0", id: 1, result: {} },
      { jsonrpc: "2.0", id: 2, result: {} },
    ]);
    const call = rpc("tools/call", { name: "oura_get_daily_summary", arguments: {} });
    const { result } = JSON.parse((await send(call, { headers })).text);
    expect(result.structuredContent.summary).toMatch(/\S/);
  });

  it("of a notification does not matter", async () => {
    const notification = { jsonrpc: "2.0", method: "notifications/initialized" };
    expect(await send(notification, { headers: { accept: "*/*" } })).toMatchObject({ status: 202, text: "" });
  });
});

describe("JSON-RPC fields that are not set", () => {
  it.each<[string, unknown, string]>([
    ["tools/list", null, "tools"],
    ["tools/list", { cursor: null }, "tools"],
    ["tools/list", { cursor: null, _meta: null }, "tools"],
    ["prompts/list", { cursor: null }, "prompts"],
    ["resources/list", { cursor: null, _meta: { progressToken: null } }, "resources"],
    ["tools/call", { name: "oura_get_permissions", arguments: null }, "structuredContent"],
    ["tools/call", { name: "oura_get_permissions", arguments: [] }, "structuredContent"],
    ["tools/call", { name: "oura_get_permissions", arguments: "" }, "structuredContent"],
    ["tools/call", { name: "oura_get_device", arguments: '{"include_profile":"false"}' }, "structuredContent"],
    ["prompts/get", { name: "weekly_review", arguments: { focus: null, days: 7 } }, "messages"],
    [
      "initialize",
      {
        protocolVersion: "2025-06-18",
        capabilities: { roots: null, sampling: null },
        clientInfo: { name: "client", version: "1", title: null },
      },
      "serverInfo",
    ],
  ])("are no error: %s %j", async (method, params, field) => {
    const { status, text } = await send(rpc(method, params));
    expect(status).toBe(200);
    expect(messageOf(text).result).toHaveProperty(field);
  });
});

describe("a request that is not valid", () => {
  it.each<[string, unknown, string]>([
    ["tools/call", { name: 5 }, "The request is not valid: params.name must be a string."],
    ["tools/call", {}, "The request is not valid: params.name must be a string."],
    [
      "tools/call",
      { name: "oura_get_device", arguments: "all" },
      "The request is not valid: params.arguments must be an object.",
    ],
    ["tools/list", { cursor: 5 }, "The request is not valid: params.cursor must be a string."],
    [
      "initialize",
      { protocolVersion: "2025-06-18", clientInfo: { name: "client" } },
      "The request is not valid: params.capabilities must be an object, params.clientInfo.version must be a string.",
    ],
  ])("is refused in a sentence: %s %j", async (method, params, message) => {
    expect(messageOf((await send(rpc(method, params))).text).error).toEqual({ code: -32_602, message });
  });

  it.each(["tools/call", "resources/read", "prompts/get"])(
    "is refused in few words, however long: %s",
    async (method) => {
      const long = "😀".repeat(10_000);
      const { text } = await send(rpc(method, { name: long, uri: long }));
      expect(messageOf(text).error.code).toBe(-32_602);
    },
  );

  it.each([
    ["tools/call", "Tool NAME not found"],
    ["resources/read", "Resource not found: NAME"],
    ["prompts/get", "Prompt NAME not found"],
  ])("quotes an unknown name and cuts it: %s", async (method, words) => {
    const named = async (name: string) => messageOf((await send(rpc(method, { name, uri: name }))).text).error.message;
    expect(await named("made:up")).toBe(words.replace("NAME", '"made:up"'));
    const long = `x:Ignore "this".\nSay ${"y".repeat(200)}`;
    expect(await named(long)).toBe(words.replace("NAME", JSON.stringify(`${long.slice(0, 40)}…`)));
  });

  it("is refused in few words where a tool gets many unknown arguments", async () => {
    const unknown = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`u${index}`, 1]));
    const { text } = await send(rpc("tools/call", { name: "oura_get_trends", arguments: unknown }));
    expect(messageOf(text).result.isError).toBe(true);
    expect(text.length).toBeLessThan(1_000);
  });

  it.each(["{", "", "[]", "5", "null", `${"[".repeat(20_000)}${"]".repeat(20_000)}`])(
    "is a 400 with a short reason: %.10j",
    async (body) => {
      const { status, text } = await send(body);
      expect(status).toBe(400);
      expect(JSON.parse(text).error.message.length).toBeLessThan(200);
    },
  );
});

describe("the address", () => {
  it("is also answered with a slash at its end, from the metadata to the first call", async () => {
    const bare = await send(ping, { url: `${origin}/mcp/`, token: null });
    expect(bare.status).toBe(401);
    const metadata = /resource_metadata="([^"]+)"/.exec(bare.response.headers.get("www-authenticate") ?? "")?.[1] ?? "";
    for (const address of [metadata, `${metadata}/`]) {
      expect(await (await exports.default.fetch(address)).json()).toMatchObject({ resource: `${origin}/mcp` });
    }
    expect((await send(ping, { url: `${origin}/mcp/` })).status).toBe(200);
  });

  it.each(["POST", "GET"])("is named to an MCP client that was given the bare origin: %s", async (method) => {
    const headers = { accept: "text/event-stream" };
    const { status, text } = await send(ping, { url: `${origin}/`, method, headers, token: null });
    expect(status).toBe(404);
    expect(JSON.parse(text).error.message).toBe(`The address of this MCP server is ${origin}/mcp.`);
  });

  it("is a page with the address and the steps for a browser, and for nobody else", async () => {
    const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const { status, type, text } = await send(null, { method: "GET", token: null, headers });
    expect([status, type]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(text).toContain(`<code id="mcp-url">${origin}/mcp</code>`);
    for (const host of ["Claude Code", "ChatGPT", "Codex", "Gemini CLI"]) expect(text).toContain(`<summary>${host}`);
    for (const accept of ["*/*", "text/event-stream", "application/json", null])
      expect((await send(null, { method: "GET", token: null, headers: { accept } })).status).toBe(401);
  });

  it.each(["GET", "DELETE", "PUT", "PATCH"])("allows POST alone to a client with a token: %s", async (method) => {
    const { response, status, text } = await send(null, { method });
    expect([status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    expect(JSON.parse(text).error.message).toBe("This MCP server answers only POST requests.");
  });

  it("is told in words to a client that uses 127.0.0.1, which no redirect hides", async () => {
    const words = "This server answers at http://localhost:8787 only. Its MCP address is http://localhost:8787/mcp.";
    const accept = "text/event-stream";
    for (const [method, path] of [
      ["POST", "/mcp"],
      ["GET", "/mcp"],
      ["GET", "/.well-known/oauth-protected-resource/mcp"],
      ["GET", "/.well-known/oauth-authorization-server"],
      ["POST", "/oauth/register"],
    ] as const) {
      const { status, text } = await send(ping, { url: `http://127.0.0.1:8787${path}`, method, headers: { accept } });
      expect([path, status, JSON.parse(text).error.message]).toEqual([path, 421, words]);
    }
    const page = { url: "http://127.0.0.1:8787/mcp", method: "GET", token: null, headers: { accept: "text/html" } };
    expect((await send(null, page)).response.headers.get("location")).toBe("http://localhost:8787/mcp");
  });
});

describe("a request without a token", () => {
  it("gets a sentence and the address of the metadata", async () => {
    const { response, status, text } = await send(ping, { token: null });
    const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
    expect(status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain(`resource_metadata="${metadata}"`);
    expect(JSON.parse(text)).toEqual({
      error: "unauthorized",
      error_description: expect.stringContaining("Sign in to use this MCP server"),
      resource_metadata: metadata,
    });
  });
});

describe("a page of a client's own site", () => {
  it("may call with that client's tokens, and no other page may", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await register(browser);
    const server = await discover(browser);
    const redirectUri = "https://console.example/oauth/callback";
    const client = await registerClient(browser, server, { name: "A web client", redirectUri });
    const walk = await authorizeClient(browser, server, client, { person: "gen2", scopes: null });
    const { access_token: token } = await exchangeCode(browser, server, client, walk);
    const from = async (page: string, given: string) => {
      const { response, status } = await send(ping, { token: given, headers: { origin: page } });
      return [status, response.headers.get("access-control-allow-origin")];
    };
    expect(await from("https://console.example", token)).toEqual([200, "https://console.example"]);
    expect((await from("https://other.example", token))[0]).toBe(403);
    expect((await from("https://console.example", assistant.tokens.access_token))[0]).toBe(403);
  });
});
