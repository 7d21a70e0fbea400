import * as z from "zod";

export interface Answered {
  milliseconds: number;
  /** The bytes of the whole HTTP body. */
  wireBytes: number;
  /** The bytes of the tool's structured answer; 0 for a request that is not a tool call. */
  answerBytes: number;
}

const reply = z.object({
  result: z.looseObject({ isError: z.boolean().optional(), structuredContent: z.unknown().optional() }).optional(),
  error: z.unknown().optional(),
});

export const newestProtocol = "2026-07-28";

/** Calls a tool with the 2025 version of the protocol, as most assistants do. Throws on any error. */
export function callTool(origin: string, token: string, name: string, input: unknown): Promise<Answered> {
  return sendRpc(origin, token, "tools/call", { name, arguments: input });
}

export async function sendRpc(origin: string, token: string, method: string, params: object): Promise<Answered> {
  const name: unknown = Reflect.get(params, "name");
  const started = performance.now();
  const response = await fetch(`${origin}/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...("_meta" in params ? { "mcp-protocol-version": newestProtocol, "mcp-method": method } : {}),
      ...("_meta" in params && typeof name === "string" ? { "mcp-name": name } : {}),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - started;
  if (response.status !== 200) throw new Error(`${method} answered ${response.status}: ${text.slice(0, 300)}`);
  const { result, error } = reply.parse(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text)); // a stream of one event, or JSON
  if (error !== undefined || result === undefined || result.isError)
    throw new Error(`${method} ${JSON.stringify(params).slice(0, 200)} failed: ${text.slice(0, 300)}`);
  const answerBytes =
    result.structuredContent === undefined ? 0 : Buffer.byteLength(JSON.stringify(result.structuredContent));
  return { milliseconds, wireBytes: Buffer.byteLength(text), answerBytes };
}

/** Parameters of a request of the 2026 protocol: each request contains the client's name and protocol version. */
export function inNewestForm(params: object = {}): object {
  return {
    ...params,
    _meta: {
      "io.modelcontextprotocol/protocolVersion": newestProtocol,
      "io.modelcontextprotocol/clientInfo": { name: "bench", version: "0" },
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  };
}
