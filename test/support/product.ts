import { exports } from "cloudflare:workers";
import { createVisitor, type Visitor } from "../../sandbox/visitor.ts";
import {
  type AssistantClient,
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
  type Tokens,
} from "../../sandbox/walk.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import { clock } from "./clock.ts";
import { control } from "./control.ts";

/** The product in the test pool, used from outside: pages and /mcp over HTTP, Oura faked at the network. */
export const origin = "http://localhost";

let visitors = 0;

/** A new browser with its own IP address, so that browsers do not share a rate limit. */
export function createBrowser(): Visitor {
  visitors += 1;
  return createVisitor({ origin, address: `10.0.${visitors >> 8}.${visitors & 255}`, fetch: route });
}

async function route(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const response =
    new URL(request.url).origin === origin ? await exports.default.fetch(request) : await fetchOura(request.clone());
  // A fetch inside the pool leaves `url` empty; walks need to know where they are.
  return new Proxy(response, {
    get: (target, key) => {
      if (key === "url") return request.url;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/**
 * Resets the simulator and both clocks to an instant (default: start of this run), so that the people's data is always
 * the same.
 */
export async function resetSimulator(instant?: string): Promise<void> {
  await control("POST", "/reset");
  await clock.start(instant);
}

export interface Assistant {
  browser: Visitor;
  tokens: Tokens;
  client: AssistantClient;
  accountId: string;
  call(tool: string, input?: unknown): Promise<ToolResult>;
}

export interface ToolResult {
  isError?: boolean;
  structuredContent?: Record<string, unknown>;
  content: { type: string; text: string }[];
}

/** A new person with a passkey who registers, connects as `person` and allows one assistant. */
export async function connectAssistant(
  options: { person?: string; scopes?: string[]; browser?: Visitor } = {},
): Promise<Assistant> {
  const browser = options.browser ?? createBrowser();
  if (!options.browser) {
    await createAccount(browser);
    await register(browser);
  }
  const server = await discover(browser);
  const client = await registerClient(browser, server, {
    name: "Test assistant",
    redirectUri: "http://127.0.0.1:4711/callback",
  });
  const choices = { person: options.person ?? "everyday", scopes: options.scopes ?? null };
  const authorization = await authorizeClient(browser, server, client, choices);
  const tokens = await exchangeCode(browser, server, client, authorization);
  await clock.advance(1_000); // so that entries have distinct times
  return {
    browser,
    tokens,
    client,
    accountId: accountOf(tokens.access_token),
    call: (tool, input = {}) => callTool(tokens.access_token, tool, input),
  };
}

/** The account id in a code or token, which is `<account>.<tag>:<grant>:<secret>`. */
export function accountOf(token: string): string {
  return token.split(/[.:]/)[0] ?? "";
}

export async function callTool(accessToken: string, name: string, input: unknown): Promise<ToolResult> {
  const { result, error } = await sendRpc(accessToken, "tools/call", { name, arguments: input });
  if (result === undefined) throw new Error(`${name} answered ${JSON.stringify(error)}`);
  return result as ToolResult; // the shape the protocol gives tool results
}

/** One JSON-RPC request as a 2025-era client sends it. */
export async function sendRpc(
  accessToken: string,
  method: string,
  params: unknown,
): Promise<{ result?: unknown; error?: unknown }> {
  const response = await exports.default.fetch(`${origin}/mcp`, {
    method: "POST",
    headers: {
      host: new URL(origin).host, // every real client sends it, but a fetch inside the pool omits it
      authorization: `Bearer ${accessToken}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-06-18",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`/mcp answered ${response.status}: ${text}`);
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? text; // a stream of one event, or plain JSON
  return JSON.parse(data);
}
