import type { McpServer } from "@modelcontextprotocol/server";

/**
 * The view in terms of MCP Apps (protocol 2026-01-26): one page for every tool that has a picture. It needs nothing from
 * any network, so it declares no domains and a host's default policy lets it reach none.
 */
const uri = "ui://ringbridge/view.html";
/** The same for everybody until a release. */
const cacheHint = { ttlMs: 3_600_000, cacheScope: "public" } as const;
const mimeType = "text/html;profile=mcp-app";

/** `_meta` of a tool whose answers the view draws. */
export const viewLink = { ui: { resourceUri: uri } };

/** Where a result's `_meta` holds what is drawn: hosts hand it to the view and not to the model. */
export const pictureKey = "ringbridge/picture";

export function registerView(server: McpServer, html: string): void {
  server.registerResource(
    "view",
    uri,
    { title: "Ōura pictures", description: "Draws nights, days, trends and unusual days.", mimeType, cacheHint },
    () => ({ contents: [{ uri, mimeType, text: html, _meta: { ui: { prefersBorder: true } } }] }),
  );
}
