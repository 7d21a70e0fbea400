import { Hono } from "hono";
import viewHtml from "../../../dist/view.html";
import { unwrap } from "../../outcome.ts";
import type { AppEnv } from "../../web/app.ts";
import { page } from "../../web/respond.tsx";
import { requireSession } from "../../web/session.ts";
import { PreviewPage } from "./preview.tsx";

/**
 * Last night for the owner, and the page that draws it: the only page here that may be framed, and only by this site.
 */
export const previewRoutes = new Hono<AppEnv>();

previewRoutes.post("/preview", async (c) => {
  const { readPreview } = await requireSession(c);
  const preview = unwrap(await readPreview());
  if (c.req.header("accept") !== "application/json") {
    return page(c, { title: "Last night" }, <PreviewPage preview={preview} />);
  }
  const { tool, input, result, note } = preview;
  c.header("Cache-Control", "no-store");
  return c.json({ tool, input, result: JSON.parse(result), note });
});

/** The view's path. The panel's `frame-src` policy allows only this one. */
export const viewPath = "/preview/view";

/**
 * The same file that assistants' hosts show. It holds no personal data, so it may be cached. It runs in a sandbox
 * without an origin, may load nothing, and gets the answer from the page around it.
 */
previewRoutes.get(viewPath, (c) => {
  c.header(
    "Content-Security-Policy",
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts",
  );
  c.header("Cache-Control", "public, max-age=300");
  return c.html(viewHtml);
});
