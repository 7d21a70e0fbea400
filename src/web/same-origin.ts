import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { AppContext, AppEnv } from "./app.ts";

/**
 * Refuses every request that may change something and does not come from a page of this site, whatever its content
 * type. Browsers send `Origin` with all of them. A program sends none; it has to send JSON and no cookie.
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
  // A form's `Origin` is "null" where pages send no referrer, as ours do. What the browser says of the site decides then.
  if (site !== undefined) return site === "same-origin" && (from === undefined || from === "null" || from === origin);
  if (from !== undefined) return from === origin;
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header("content-type") ?? "");
  return isJson && c.req.header("cookie") === undefined;
}
