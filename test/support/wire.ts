import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Bindings } from "../../src/bindings.ts";
import { createWorker } from "../../src/worker.ts";
import { origin } from "./product.ts";

/** A request to the MCP endpoint as an assistant of 2025 sends it, with whatever a test changes. */
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

/** The worker with other bindings or settings in place of some of its own. */
export function fetchWith(change: Partial<Bindings> & Record<string, unknown>, request: Request): Promise<Response> {
  return createWorker().fetch(request, { ...env, ...change }, createExecutionContext());
}

/** The agents' namespace with another agent behind each name: everything else of the namespace is out of reach. */
export function namespaceOf(getByName: (name: string) => object): Bindings["RING_AGENT"] {
  return { getByName } as unknown as Bindings["RING_AGENT"]; // only names are ever used to reach an agent
}
