import { describeFailure, type Links } from "../errors.ts";

/** The messages in a request's body. A body that is not JSON counts as one message. */
export function messagesOf(body: unknown): unknown[] {
  return Array.isArray(body) && body.length > 0 ? body : [body];
}

/**
 * Whether the message is a tool call. If a tool call exceeds the rate limit, it is refused with a tool's answer. If any
 * other message exceeds the rate limit, it is refused with an error of the MCP protocol.
 */
export function isToolCall(message: unknown): boolean {
  return typeof message === "object" && message !== null && "method" in message && message.method === "tools/call";
}

export function refuseRequest(retryAfterSeconds: number, links: Links): Response {
  const error = { code: -32_000, message: describeFailure({ kind: "too_many_calls", retryAfterSeconds }, links) };
  const headers = { "retry-after": `${retryAfterSeconds}` };
  return Response.json({ jsonrpc: "2.0", id: null, error }, { status: 429, headers });
}
