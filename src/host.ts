import { isLoopback, type SiteConfig } from "./config.ts";
import { sayToClient, wantsPage } from "./web/mcp-address.ts";

/**
 * Answers a request to a wrong host name. The service works on one host name only, because passkeys, cookies and tokens
 * are bound to one origin. Returns null when the host name is the right one.
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
 * Programs get an error instead of a redirect. After a redirect to the right address, an OAuth client would keep using
 * a token that is bound to the wrong address. The client would later fail without a readable reason.
 */
function isForPrograms(path: string): boolean {
  return /^\/(mcp|oauth|\.well-known)(\/|$)/.test(path);
}

function redirectTo(protocol: string, host: string, url: URL): Response {
  return Response.redirect(`${protocol}//${host}${url.pathname}${url.search}`, 307);
}
