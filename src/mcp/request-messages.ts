import { describeFailure, type Links } from "../errors.ts";

/** The messages of a request: one, or several in a batch. A body that is not JSON counts as one message. */
export function messagesOf(body: unknown): unknown[] {
  return Array.isArray(body) && body.length > 0 ? body : [body];
}

/**
 * Whether a message calls a tool. A tool call that exceeds the rate limit is refused in the form of a tool's answer.
 * Every other message that exceeds the rate limit is refused with an error of the MCP protocol.
 */
export function isToolCall(message: unknown): boolean {
  return typeof message === "object" && message !== null && "method" in message && message.method === "tools/call";
}

/** The answer to a request that exceeds the rate limit: an error of the MCP protocol, with status 429. */
export function refuseRequest(retryAfterSeconds: number, links: Links): Response {
  const error = { code: -32_000, message: describeFailure({ kind: "too_many_calls", retryAfterSeconds }, links) };
  const headers = { "retry-after": `${retryAfterSeconds}` };
  return Response.json({ jsonrpc: "2.0", id: null, error }, { status: 429, headers });
}
