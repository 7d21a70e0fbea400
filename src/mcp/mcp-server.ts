import { McpServer, type ServerContext, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type { SiteConfig } from "../config.ts";
import type { Links } from "../errors.ts";
import type { Tool } from "../question/tool.ts";
import { instructions, tools } from "../tools/index.ts";
import { askToConnect, type Era } from "./ask-to-connect.ts";
import { uiExtension } from "./draws-pictures.ts";
import { cacheHints, registerPromptsAndResources } from "./mcp-extras.ts";
import { sayErrorsPlainly } from "./plain-errors.ts";
import { publishInput, publishOutput, withoutValidation } from "./publish-schema.ts";
import { answerFailures, type ToolAnswer } from "./run-tool.ts";
import { serverVersion } from "./server-version.ts";
import { registerView, viewLink } from "./view-resource.ts";

/** Runs a tool for the sender of the request. */
export type CallTool = (tool: Tool, input: unknown) => Promise<ToolAnswer>;

export interface PublishedTool {
  tool: Tool;
  inputSchema: StandardSchemaWithJSON<unknown, unknown>;
  outputSchema: StandardSchemaWithJSON<unknown, unknown>;
}

/** Creates the MCP server for one request. Users and requests share no server, so no data can pass between them. */
export function createMcpServer(
  site: SiteConfig,
  { links, viewHtml, era }: { links: Links; viewHtml: string; era: Era },
  call: CallTool,
  now: () => number,
  extraTools: readonly PublishedTool[] = [],
): McpServer {
  const server = new McpServer(
    {
      name: "ringbridge",
      title: site.serviceName,
      version: serverVersion,
      websiteUrl: links.home,
      icons: [
        { src: new URL("/assets/icon.svg", links.home).href, mimeType: "image/svg+xml", sizes: ["any"] },
        { src: new URL("/assets/icon.png", links.home).href, mimeType: "image/png", sizes: ["192x192"] },
      ],
    },
    {
      instructions,
      capabilities: { extensions: { [uiExtension]: {} } },
      cacheHints,
    },
  );
  sayErrorsPlainly(server, links);
  // These capabilities are registered here and not in the constructor. The constructor would already add the server's
  // handlers for them, but `sayErrorsPlainly` must run before that.
  const listChanged = false;
  server.server.registerCapabilities({ tools: { listChanged }, prompts: { listChanged }, resources: { listChanged } });
  for (const { tool, inputSchema, outputSchema } of [...publishedTools, ...extraTools]) {
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema,
        outputSchema,
        annotations: {
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
        ...(tool.hasPicture ? { _meta: viewLink } : {}),
      },
      async (input: unknown, context: ServerContext) => {
        const { result, outcome } = await answerFailures(links, () => call(tool, input));
        if (outcome === "ok") return result;
        return askToConnect(outcome, links, context, era) ?? result;
      },
    );
  }
  registerPromptsAndResources(server, now);
  registerView(server, viewHtml);
  return server;
}

const publishedTools: readonly PublishedTool[] = tools.map(publish);

export function publish(tool: Tool): PublishedTool {
  return {
    tool,
    inputSchema: withoutValidation(publishInput(tool.input)),
    outputSchema: withoutValidation(publishOutput(tool.output)),
  };
}
