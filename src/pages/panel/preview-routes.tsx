import { Hono } from "hono";
import viewHtml from "../../../dist/view.html";
import { unwrap } from "../../outcome.ts";
import type { AppEnv } from "../../web/app.ts";
import { page } from "../../web/respond.tsx";
import { requireSession } from "../../web/session.ts";
import { PreviewPage } from "./preview.tsx";

/**
 * The button "Show me last night" leads here. The view page draws the night in a frame. It is the only page that may be
 * shown in a frame, and only pages of this service may show it.
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

/** The policy `frame-src` of the person's own page allows only frames of this path. */
export const viewPath = "/preview/view";

/**
 * The same view file that assistants show in a conversation. It holds no personal data, so it may be cached. It runs in
 * a sandbox without an origin and may load nothing. The page around it sends it the answer to draw.
 */
previewRoutes.get(viewPath, (c) => {
  c.header(
    "Content-Security-Policy",
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts",
  );
  c.header("Cache-Control", "public, max-age=300");
  return c.html(viewHtml);
});
