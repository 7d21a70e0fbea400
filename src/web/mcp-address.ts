import { parseAccept } from "hono/utils/accept";

/** The path of the MCP endpoint. */
export const mcpPath = "/mcp";

const metadataPath = "/.well-known/oauth-protected-resource";

/** The request, at the endpoint's own path where its address has a slash too many: "/mcp/" is "/mcp". */
export function withoutSlash(request: Request): Request {
  const url = new URL(request.url);
  const path = url.pathname.replace(/\/+$/, "");
  if (path === url.pathname || ![mcpPath, `${metadataPath}${mcpPath}`].includes(path)) return request;
  url.pathname = path;
  return new Request(url, request);
}

/** The answer to an MCP client that was given the bare origin; null for any other request. */
export function answerBareOrigin(request: Request): Response | null {
  const { pathname, origin } = new URL(request.url);
  if (pathname !== "/" || !(request.method === "POST" || wantsStream(request))) return null;
  return sayToClient(404, `The address of this MCP server is ${origin}${mcpPath}.`);
}

/** Whether a browser opens the endpoint's address as a page. A client that may read events or has a token does not. */
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

/** Whether the Accept header names a type. */
function accepts(request: Request, name: string): boolean {
  return parseAccept(request.headers.get("accept") ?? "").some(({ type, q }) => type.toLowerCase() === name && q > 0);
}

/** The answer to a method that the endpoint does not have; null for the one it has. */
export function refuseMethod(request: Request): Response | null {
  if (request.method === "POST") return null;
  return sayToClient(405, "This MCP server answers POST requests.", { allow: "POST, OPTIONS" });
}

/** Adds a sentence to a 401 without a body: some clients show nothing but the body. */
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

/** A refusal in the form of MCP, because clients show the message of a JSON-RPC error. */
export function sayToClient(status: number, message: string, headers: HeadersInit = {}): Response {
  return Response.json({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }, { status, headers });
}
