import type { McpServer } from "@modelcontextprotocol/server";

/**
 * The view: the page with which a host draws the pictures of all tools (MCP Apps, protocol 2026-01-26). The page loads
 * nothing from the network. It therefore declares no domains, and the host blocks its network access.
 */
const uri = "ui://ringbridge/view.html";
/**
 * Clients may cache the view (the page that draws pictures) for an hour. The view is the same for all users and changes
 * only with a release.
 */
const cacheHint = { ttlMs: 3_600_000, cacheScope: "public" } as const;
export const viewMimeType = "text/html;profile=mcp-app";

/** The `_meta` of a tool whose answers the view (the page at `uri`) can draw as pictures. */
export const viewLink = { ui: { resourceUri: uri } };

/**
 * The key in a result's `_meta` that holds a picture's data. Hosts pass this data to the view, and not to the model.
 */
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
