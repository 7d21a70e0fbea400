import { isLoopback, type SiteConfig } from "./config.ts";
import { sayToClient, wantsPage } from "./web/mcp-address.ts";

/**
 * Passkeys, cookies and tokens belong to one origin, so the service answers on one host name only. Returns the answer
 * to a request for another host, or null when the host is the right one.
 */
export function answerForeignHost(request: Request, site: SiteConfig): Response | null {
  const url = new URL(request.url);
  const here = site.publicUrl === null ? null : new URL(site.publicUrl);
  const isRead = request.method === "GET" || request.method === "HEAD";
  const isPage = isRead && (wantsPage(request) || !isForPrograms(url.pathname));
  if (
    here === null ? url.protocol === "https:" || url.host.split(":")[0] === "localhost" : url.origin === here.origin
  ) {
    return null;
  }
  if (isPage && here !== null && url.host === here.host) return redirectTo(here.protocol, here.host, url);
  if (isPage && here === null && isLoopback(url.href))
    return redirectTo("http:", `localhost${url.port && `:${url.port}`}`, url);
  const address = here?.origin ?? `http://localhost${url.port && `:${url.port}`}`;
  return sayToClient(421, `This server answers at ${address} only. Its MCP address is ${address}/mcp.`);
}

/**
 * Addresses that MCP clients read. They are not redirected: a client would go on with a token for another address and
 * fail later, without a reason.
 */
function isForPrograms(path: string): boolean {
  return /^\/(mcp|oauth|\.well-known)(\/|$)/.test(path);
}

function redirectTo(protocol: string, host: string, url: URL): Response {
  return Response.redirect(`${protocol}//${host}${url.pathname}${url.search}`, 307);
}
