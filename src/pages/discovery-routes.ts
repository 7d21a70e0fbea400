import { Hono } from "hono";
import { serverVersion } from "../mcp/server-version.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { mcpPath } from "../web/mcp-address.ts";

/**
 * Programs use these routes to find this MCP server. Directories of MCP servers use them to check who owns this
 * address. None of the answers holds personal data.
 */
export const discoveryRoutes = new Hono<AppEnv>();

const description = "Ask your assistant about your Ōura Ring: read-only, and no health data is stored.";
const anHour = "public, max-age=3600";

discoveryRoutes.get("/llms.txt", (c) => {
  const origin = c.get("origin");
  c.header("Cache-Control", anHour);
  return c.text(
    [
      `# ${c.get("site").serviceName}`,
      "",
      `> ${description}`,
      "",
      `This is a remote MCP server (Streamable HTTP, OAuth). Its address for assistants is ${origin}${mcpPath}. A person signs in`,
      "with a passkey, connects the ring on Ōura's page, and allows each assistant what it may read.",
      "",
      "## Pages",
      "",
      `- [Add it to an assistant](${origin}${mcpPath}): the address, and the steps for each assistant`,
      `- [Help](${origin}/help): setup, permissions, what each tool answers, troubleshooting`,
      `- [Privacy](${origin}/privacy): what is kept, and for how long`,
      `- [Terms](${origin}/terms)`,
      "",
    ].join("\n"),
  );
});

/** The MCP server card (SEP-2127). A program that knows only the host name reads it to find the MCP endpoint. */
discoveryRoutes.get("/.well-known/mcp/server-card.json", (c) => {
  const origin = c.get("origin");
  const name = new URL(origin).hostname.split(".").reverse().join(".");
  c.header("Cache-Control", anHour);
  c.header("Access-Control-Allow-Origin", "*");
  return c.json({
    $schema: "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json",
    name: `${name}/ringbridge`,
    title: c.get("site").serviceName,
    description,
    version: serverVersion,
    websiteUrl: `${origin}/`,
    icons: [{ src: `${origin}/assets/icon.png`, mimeType: "image/png", sizes: ["192x192"] }],
    remotes: [{ type: "streamable-http", url: `${origin}${mcpPath}` }],
  });
});

discoveryRoutes.get("/.well-known/mcp-registry-auth", (c, next) => {
  const { mcpRegistry } = c.get("site").proofs;
  return mcpRegistry === null ? next() : showProof(c, mcpRegistry);
});

discoveryRoutes.get("/.well-known/openai-apps-challenge", (c, next) => {
  const { openai } = c.get("site").proofs;
  return openai === null ? next() : showProof(c, openai);
});

/**
 * `proof` is a text with which a directory checks who owns this address. Directories compare the whole body with it.
 */
function showProof(c: AppContext, proof: string): Response {
  c.header("Cache-Control", "no-store");
  return c.text(proof);
}
