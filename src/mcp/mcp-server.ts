import { type CallToolResult, McpServer, type StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { SiteConfig } from "../config.ts";
import { standingFailure } from "../connection/standing.ts";
import { AppError, describeFailure, type Links } from "../errors.ts";
import { logFailure } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import { instructions, tools } from "../tools/index.ts";
import type { Picture } from "../words/pictures.ts";
import { cacheHints, registerPromptsAndResources } from "./mcp-extras.ts";
import { pictureKey, registerView, viewLink } from "./view-resource.ts";

export const serverVersion = "0.1.0";

/** What one tool call needs of the agent. Throwing an AppError is an answer like any other. */
export interface CallHost {
  links: Links;
  /** The page that draws answers in hosts that can show one. */
  viewHtml: string;
  /** Called once for each tool call, before it runs. */
  begin(tool: Tool): Promise<ToolContext>;
  /** What `make` makes, or made a moment ago of the same answers of Oura: `key` names all that it depends on beside them. */
  hold<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Called once for each tool call, refused ones too, with how it went; never with what it said. */
  end(tool: Tool, result: { milliseconds: number; outcome: string }): void;
}

export interface PublishedTool {
  tool: Tool;
  inputSchema: StandardSchemaWithJSON<unknown, unknown>;
  outputSchema: StandardSchemaWithJSON<unknown, unknown>;
}

/** One server for one request: nothing is shared between people, and nothing outlives the answer. */
export function createMcpServer(
  site: SiteConfig,
  host: CallHost,
  now: () => number,
  published: readonly PublishedTool[] = publishedTools,
): McpServer {
  const server = new McpServer(
    {
      name: "ringbridge",
      title: site.serviceName,
      version: serverVersion,
      websiteUrl: host.links.home,
      icons: [
        { src: new URL("/assets/icon.svg", host.links.home).href, mimeType: "image/svg+xml", sizes: ["any"] },
        { src: new URL("/assets/icon.png", host.links.home).href, mimeType: "image/png", sizes: ["192x192"] },
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
      (input: unknown) => callTool(tool, input, host, now),
    );
  }
  registerPromptsAndResources(server, now);
  registerView(server, host.viewHtml);
  return server;
}

/** The one place where tools are run, timed, caught and logged. What goes out is the tool's object or a failure's words. */
export async function callTool(tool: Tool, input: unknown, host: CallHost, now: () => number): Promise<CallToolResult> {
  const started = now();
  const { result, outcome } = await runTool(tool, input, host);
  try {
    host.end(tool, { milliseconds: now() - started, outcome });
  } catch (error) {
    logFailure(error); // the answer stands, and the SDK would send this error's message out
  }
  return result;
}

async function runTool(
  tool: Tool,
  input: unknown,
  host: CallHost,
): Promise<{ result: CallToolResult; outcome: string }> {
  try {
    const asked = tool.ask(input);
    const context = await host.begin(tool);
    const failure = tool.asks === "account" ? null : standingFailure(context.standing);
    if (failure) throw new AppError(failure);
    const result = await host.hold(nameAnswer(tool, asked.input, context), () => answer(tool, asked, context));
    return { result, outcome: "ok" };
  } catch (error) {
    const failure = logFailure(error);
    const text = describeFailure(failure, host.links);
    return { result: { isError: true, content: [{ type: "text", text }] }, outcome: failure.kind };
  }
}

async function answer(tool: Tool, asked: ReturnType<Tool["ask"]>, context: ToolContext): Promise<CallToolResult> {
  let picture: Picture | null = null;
  const drawing: ToolContext = { ...context, draw: (drawn) => (picture = drawn) };
  const structuredContent = tool.output.parse(await asked.answer(tool.hasPicture ? drawing : context));
  const content = [{ type: "text" as const, text: JSON.stringify(structuredContent) }];
  return { structuredContent, content, ...(picture === null ? {} : { _meta: { [pictureKey]: picture } }) };
}

/** All that an answer depends on beside what Oura said. Every day anywhere begins on a quarter of an hour. */
function nameAnswer(tool: Tool, input: Readonly<Record<string, unknown>>, context: ToolContext): string {
  const { access, standing, clock, panelUrl, now } = context;
  const quarter = Math.floor(now / 900_000);
  return JSON.stringify([tool.name, input, access, standing, clock.offsetMinutes, panelUrl, quarter]);
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
