import { type CallToolResult, McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { SiteConfig } from "../config.ts";
import type { Links } from "../errors.ts";
import type { Tool } from "../question/tool.ts";
import { instructions, tools } from "../tools/index.ts";
import { cacheHints, registerPromptsAndResources } from "./mcp-extras.ts";
import { inWords } from "./run-tool.ts";
import { registerView, viewLink } from "./view-resource.ts";

export const serverVersion = "0.1.0";

/** Runs a tool for whoever the request is from. */
export type CallTool = (tool: Tool, input: unknown) => Promise<CallToolResult>;

export interface PublishedTool {
  tool: Tool;
  inputSchema: StandardSchemaWithJSON<unknown, unknown>;
  outputSchema: StandardSchemaWithJSON<unknown, unknown>;
}

/** One server for one request: nothing is shared between people, and nothing outlives the answer. */
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
      (input: unknown) => inWords(links, () => call(tool, input)),
    );
  }
  registerPromptsAndResources(server, now);
  registerView(server, viewHtml);
  return server;
}

/**
 * Schemas as assistants see them, made once. Arguments are checked by the tool wrapper, whose problems name the field and
 * the fix, so the SDK is given a schema that describes and does not judge.
 */
export const publishedTools: readonly PublishedTool[] = tools.map(publish);

export function publish(tool: Tool): PublishedTool {
  return {
    tool,
    inputSchema: describing(z.toJSONSchema(tool.input, { io: "input" })),
    outputSchema: describing(z.toJSONSchema(tool.output, { io: "input", unrepresentable: "any" })),
  };
}

/**
 * A schema as assistants read it best. Some take a list of types for a mistake; `anyOf` says the same and all of them
 * know it. The dialect is the protocol's own, so naming it in every tool only costs.
 */
function spellOut(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(spellOut);
  if (typeof schema !== "object" || schema === null) return schema;
  const { type, ...rest } = Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== "$schema")
      .map(([key, value]) => [key, spellOut(value)]),
  );
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

function describing(schema: object): StandardSchemaWithJSON<unknown, unknown> {
  const jsonSchema = spellOut(schema) as Record<string, unknown>; // an object goes in, an object comes out
  return {
    "~standard": {
      version: 1,
      vendor: "ringbridge",
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
    },
  };
}
