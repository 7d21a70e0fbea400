import { describeFailure, type Links } from "../errors.ts";

/** The messages in a request's body. A body that is not JSON counts as one message. */
export function messagesOf(body: unknown): unknown[] {
  return Array.isArray(body) && body.length > 0 ? body : [body];
}

/**
 * Refuses a request that exceeds the rate limit, with an error of the MCP protocol. Returns null for a request of tool
 * calls only: each call is then refused in the form of a tool's answer, which the person gets to read.
 */
export function refuseOverLimit(
  messages: readonly unknown[],
  retryAfterSeconds: number,
  links: Links,
): Response | null {
  if (messages.every(isToolCall)) return null;
  const error = { code: -32_000, message: describeFailure({ kind: "too_many_calls", retryAfterSeconds }, links) };
  const headers = { "retry-after": `${retryAfterSeconds}` };
  return Response.json({ jsonrpc: "2.0", id: null, error }, { status: 429, headers });
}

function isToolCall(message: unknown): boolean {
  return typeof message === "object" && message !== null && "method" in message && message.method === "tools/call";
}
