import { type CallToolResult, McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { SiteConfig } from "../config.ts";
import type { Links } from "../errors.ts";
import type { Tool } from "../question/tool.ts";
import { instructions, tools } from "../tools/index.ts";
import { cacheHints, registerPromptsAndResources } from "./mcp-extras.ts";
import { answerFailures } from "./run-tool.ts";
import { registerView, viewLink } from "./view-resource.ts";

export const serverVersion = "0.1.0";

/** Runs a tool for the caller of the request. */
export type CallTool = (tool: Tool, input: unknown) => Promise<CallToolResult>;

export interface PublishedTool {
  tool: Tool;
  inputSchema: StandardSchemaWithJSON<unknown, unknown>;
  outputSchema: StandardSchemaWithJSON<unknown, unknown>;
}

/** Creates the server for one request, so that nothing is shared between users or requests. */
export function createMcpServer(
  site: SiteConfig,
  { links, viewHtml }: { links: Links; viewHtml: string },
  call: CallTool,
  now: () => number,
  published: readonly PublishedTool[] = publishedTools,
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
      capabilities: {
        tools: { listChanged: false },
        prompts: { listChanged: false },
        resources: { listChanged: false },
      },
      cacheHints,
    },
  );
  for (const { tool, inputSchema, outputSchema } of published) {
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
      (input: unknown) => answerFailures(links, () => call(tool, input)),
    );
  }
  registerPromptsAndResources(server, now);
  registerView(server, viewHtml);
  return server;
}

/**
 * Schemas as assistants see them, built once. The SDK gets a schema that validates nothing: the tool wrapper validates
 * the arguments, because its messages name the field and the fix.
 */
export const publishedTools: readonly PublishedTool[] = tools.map(publish);

export function publish(tool: Tool): PublishedTool {
  return {
    tool,
    inputSchema: withoutValidation(z.toJSONSchema(tool.input, { io: "input" })),
    outputSchema: withoutValidation(z.toJSONSchema(tool.output, { io: "input", unrepresentable: "any" })),
  };
}

/**
 * Rewrites a schema into a form that every client accepts. Some clients reject a list of types, so it becomes an
 * `anyOf`. `$schema` is dropped: the protocol already defines the dialect, and repeating it in every tool costs tokens.
 */
function simplifySchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(simplifySchema);
  if (typeof schema !== "object" || schema === null) return schema;
  const { type, ...rest } = Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== "$schema")
      .map(([key, value]) => [key, simplifySchema(value)]),
  );
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

function withoutValidation(schema: object): StandardSchemaWithJSON<unknown, unknown> {
  const jsonSchema = simplifySchema(schema) as Record<string, unknown>; // an object stays an object
  return {
    "~standard": {
      version: 1,
      vendor: "ringbridge",
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
    },
  };
}
