/** A minimal MCP client: one request, no library. */
export function postMcp(origin: string, accessToken: string, method: string, params: object = {}): Promise<Response> {
  return fetch(`${origin}/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${accessToken}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
}

/** Calls a tool with it. The answer is a stream of one event. */
export async function callTool(origin: string, accessToken: string, name: string): Promise<unknown> {
  const response = await postMcp(origin, accessToken, "tools/call", { name, arguments: {} });
  const text = await response.text();
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text).result;
}
