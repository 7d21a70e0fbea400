import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Links } from "../errors.ts";
import type { AppContext } from "./app.ts";
import { Layout, type PageMessage, type PageShape, type ScriptName } from "./layout.tsx";

export function linksOf(c: AppContext): Links {
  const origin = c.get("origin");
  return { home: `${origin}/`, panel: `${origin}/panel` };
}

interface PageOptions {
  title: string;
  shape?: PageShape;
  message?: PageMessage | null;
  scripts?: readonly ScriptName[];
  /**
   * Makes the browser load `path` after this many seconds, without a script. `path` must not name a message, so that a
   * message on the page is shown only once.
   */
  refresh?: { seconds: number; path: string };
  status?: ContentfulStatusCode;
  /** Headers of a response of the OAuth library. The page's response sets the cookies that these headers contain. */
  headers?: Headers;
  /**
   * Other origins to which a form of this page may lead. The page's `form-action` policy must list them, because
   * browsers check every redirect after a form against this policy.
   */
  formTargets?: readonly string[];
  frames?: string;
}

/**
 * Renders a page with a strict security policy. The page has no inline code and loads nothing from other sites. Other
 * pages cannot show it in a frame, and it is never cached.
 */
export async function page(c: AppContext, options: PageOptions, body: Child): Promise<Response> {
  const { title, shape = "focus", message = null, scripts = [], status = 200, headers } = options;
  const { formTargets = [], frames = "'none'" } = options;
  if (options.refresh) c.header("Refresh", `${options.refresh.seconds}; url=${options.refresh.path}`);
  for (const [name, value] of headers ?? []) {
    if (name.toLowerCase() === "set-cookie") c.header("Set-Cookie", value, { append: true });
  }
  c.header("Content-Security-Policy", contentSecurityPolicy(formTargets, frames));
  c.header("Cache-Control", "no-store");
  const document = (
    <Layout site={c.get("site")} title={title} path={c.req.path} shape={shape} message={message} scripts={scripts}>
      {body}
    </Layout>
  );
  return c.html(`<!doctype html>${await document.toString()}`, status);
}

function contentSecurityPolicy(formTargets: readonly string[], frames: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src ${frames}`,
    `form-action ${["'self'", ...new Set(formTargets)].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}
