import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { describeFailure, type Failure, type Links } from "../errors.ts";
import type { AppContext } from "./app.ts";
import { Layout, type ScriptName } from "./layout.tsx";

export function linksOf(c: AppContext): Links {
  const origin = c.get("origin");
  return { home: `${origin}/`, panel: `${origin}/panel` };
}

interface PageOptions {
  title: string;
  message?: string | null;
  scripts?: readonly ScriptName[];
  /** Looks again by itself, without script. */
  refreshSeconds?: number;
  status?: ContentfulStatusCode;
  /** Headers of a library's own answer (cookies, framing) that the page must carry. */
  headers?: Headers;
  /** Where forms of this page may end up, beside ourselves: browsers check the whole redirect chain. */
  formTargets?: readonly string[];
  /** The one address the page may frame. */
  frames?: string;
}

/** A page under our strict policy: nothing inline, nothing foreign, never framed, never cached. */
export async function page(c: AppContext, options: PageOptions, body: Child): Promise<Response> {
  const { title, message = null, scripts = [], status = 200, headers, formTargets = [], frames = "'none'" } = options;
  if (options.refreshSeconds !== undefined) c.header("Refresh", String(options.refreshSeconds));
  for (const [name, value] of headers ?? []) {
    if (name.toLowerCase() === "set-cookie") c.header("Set-Cookie", value, { append: true });
  }
  c.header("Content-Security-Policy", contentSecurityPolicy(formTargets, frames));
  c.header("Cache-Control", "no-store");
  const document = (
    <Layout site={c.get("site")} title={title} message={message} scripts={scripts}>
      {body}
    </Layout>
  );
  return c.html(`<!doctype html>${await document.toString()}`, status);
}

/** The HTTP status of a failure, for pages and for the passkey script alike. */
export function statusOf(failure: Failure): 400 | 429 | 500 {
  return failure.kind === "internal" ? 500 : failure.kind.startsWith("too_many") ? 429 : 400;
}

/** A failure as a page of its own: what happened, and a way on. */
export function failurePage(
  c: AppContext,
  failure: Failure,
  onward = { href: "/panel", label: "Go to your MCP server" },
) {
  return page(
    c,
    { title: "That did not work", status: statusOf(failure) },
    <>
      <h1>That did not work</h1>
      <p>{describeFailure(failure, linksOf(c))}</p>
      <p>
        <a class="button" href={onward.href}>
          {onward.label}
        </a>
      </p>
    </>,
  );
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
