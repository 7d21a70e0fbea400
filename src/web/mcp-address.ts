import { parseAccept } from "hono/utils/accept";

export const mcpPath = "/mcp";

const metadataPath = "/.well-known/oauth-protected-resource";

/** Treats a request to "/mcp/" like a request to "/mcp". */
export function withoutSlash(request: Request): Request {
  const url = new URL(request.url);
  const path = url.pathname.replace(/\/+$/, "");
  if (path === url.pathname || ![mcpPath, `${metadataPath}${mcpPath}`].includes(path)) return request;
  url.pathname = path;
  return new Request(url, request);
}

/**
 * Tells an MCP client the right address when it uses this server's origin without a path. Null for any other request.
 */
export function answerBareOrigin(request: Request): Response | null {
  const { pathname, origin } = new URL(request.url);
  if (pathname !== "/" || !(request.method === "POST" || wantsStream(request))) return null;
  return sayToClient(404, `The address of this MCP server is ${origin}${mcpPath}.`);
}

/**
 * Whether a browser opens the MCP endpoint's address as a page. A client that accepts an event stream or sends a token
 * is no browser.
 */
export function isOpenedAsPage(request: Request): boolean {
  const { pathname } = new URL(request.url);
  const isRead = request.method === "GET" || request.method === "HEAD";
  return isRead && pathname === mcpPath && !request.headers.has("authorization") && wantsPage(request);
}

export function wantsPage(request: Request): boolean {
  return accepts(request, "text/html") && !wantsStream(request);
}

function wantsStream(request: Request): boolean {
  return accepts(request, "text/event-stream");
}

function accepts(request: Request, name: string): boolean {
  return parseAccept(request.headers.get("accept") ?? "").some(({ type, q }) => type.toLowerCase() === name && q > 0);
}

/** Refuses a request to the MCP endpoint unless its method is POST. Null for a POST request. */
export function refuseMethod(request: Request): Response | null {
  if (request.method === "POST") return null;
  return sayToClient(405, "This MCP server answers only POST requests.", { allow: "POST, OPTIONS" });
}

/** Adds a sentence to a 401 answer that has no body, because some clients show people only the body. */
export function explainUnauthorized(request: Request, response: Response): Response {
  const { origin, pathname } = new URL(request.url);
  if (pathname !== mcpPath || response.status !== 401 || response.body !== null) return response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  const body = {
    error: "unauthorized",
    error_description: `Sign in to use this MCP server: it needs an OAuth access token, which your client asks for, or an access token that you make at ${origin}/panel.`,
    resource_metadata: `${origin}${metadataPath}${mcpPath}`,
  };
  return new Response(JSON.stringify(body), { status: 401, headers });
}

/** Answers with a JSON-RPC error, because MCP clients show the message of such an error to people. */
export function sayToClient(status: number, message: string, headers: HeadersInit = {}): Response {
  return Response.json({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }, { status, headers });
}
