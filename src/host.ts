import { isLoopback, type SiteConfig } from "./config.ts";

/**
 * Passkeys, cookies and tokens belong to one origin, so the service answers on one host name only. Returns the answer
 * to a request for another host, or null when the host is the right one.
 */
export function answerForeignHost(request: Request, site: SiteConfig): Response | null {
  const url = new URL(request.url);
  const here = site.publicUrl === null ? null : new URL(site.publicUrl);
  const isPage = request.method === "GET" || request.method === "HEAD";
  if (
    here === null ? url.protocol === "https:" || url.host.split(":")[0] === "localhost" : url.origin === here.origin
  ) {
    return null;
  }
  if (isPage && here !== null && url.host === here.host) return redirectTo(here.protocol, here.host, url);
  if (isPage && here === null && isLoopback(url.href))
    return redirectTo("http:", `localhost${url.port && `:${url.port}`}`, url);
  const address = here?.origin ?? `http://localhost${url.port && `:${url.port}`}`;
  return new Response(`This server answers at ${address} only.\n`, {
    status: 421,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

function redirectTo(protocol: string, host: string, url: URL): Response {
  return Response.redirect(`${protocol}//${host}${url.pathname}${url.search}`, 307);
}
