import type { McpServer } from "@modelcontextprotocol/server";

/**
 * The MCP Apps view (protocol 2026-01-26): one page for every tool that has a picture. It loads nothing from the
 * network, so it declares no domains, and a host's default policy blocks all of them.
 */
const uri = "ui://ringbridge/view.html";
/** The view is the same for all users and changes only with a release. */
const cacheHint = { ttlMs: 3_600_000, cacheScope: "public" } as const;
export const viewMimeType = "text/html;profile=mcp-app";

/** `_meta` of a tool whose answers the view can draw. */
export const viewLink = { ui: { resourceUri: uri } };

/** The key in a result's `_meta` that holds the picture's data. Hosts pass it to the view and not to the model. */
export const pictureKey = "ringbridge/picture";

export function registerView(server: McpServer, html: string): void {
  server.registerResource(
    "view",
    uri,
    {
      title: "Ōura pictures",
      description:
        "Draws nights, days, trends, unusual days, statistics, contributors of scores, and days around an event.",
      mimeType: viewMimeType,
      cacheHint,
    },
    () => ({ contents: [{ uri, mimeType: viewMimeType, text: html, _meta: { ui: { prefersBorder: true } } }] }),
  );
}
