import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppContext, AppEnv } from "./app.ts";

/**
 * Refuses a request that may change something unless it comes from a page of this site. Browsers send an `Origin`
 * header with all such requests. A program may send no such header. Its request is accepted only if the body is JSON
 * and the request has no cookie.
 */
export function requireSameOrigin(origin: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const isSafe = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isSafe && !isFromHere(c, origin)) throw new HTTPException(403);
    await next();
  };
}

function isFromHere(c: AppContext, origin: string): boolean {
  const from = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  // The pages of this site send no referrer, so browsers send "null" as the `Origin` of their forms. The header
  // `Sec-Fetch-Site` then decides.
  if (site !== undefined) return site === "same-origin" && (from === undefined || from === "null" || from === origin);
  if (from !== undefined) return from === origin;
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "");
  return isJson && c.req.header("cookie") === undefined;
}
