import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Bindings } from "../../src/bindings.ts";
import { createWorker } from "../../src/worker.ts";
import { origin } from "./product.ts";

/** A request of the 2025 protocol to the MCP endpoint, with changes by the test. */
export function mcpRequest(
  accessToken: string | null,
  { method = "tools/list", params = {}, headers = {}, url = `${origin}/mcp` }: McpRequestOptions = {},
): Request {
  return new Request(url, {
    method: "POST",
    headers: {
      host: new URL(url).host,
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-06-18",
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
}

interface McpRequestOptions {
  method?: string;
  params?: unknown;
  headers?: Record<string, string>;
  url?: string;
}

/** Sends a request to the worker with some bindings or settings replaced. */
export function fetchWith(change: Partial<Bindings> & Record<string, unknown>, request: Request): Promise<Response> {
  return createWorker().fetch(request, { ...env, ...change }, createExecutionContext());
}

/** A namespace that returns `getByName`'s agent for each name and has no other methods. */
export function namespaceOf(getByName: (name: string) => object): Bindings["RING_AGENT"] {
  return { getByName } as unknown as Bindings["RING_AGENT"]; // the product uses only `getByName`
}
