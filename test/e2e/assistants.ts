import {
  Client as Client2026,
  StreamableHTTPClientTransport as Transport2026,
  UnauthorizedError as Unauthorized2026,
} from "@modelcontextprotocol/client";
import { UnauthorizedError as Unauthorized2025 } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client as Client2025 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Transport2025 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { z } from "zod";
import { createMemoryProvider, type MemoryProvider } from "./memory-provider.ts";

/** An assistant in a test, with either version of the protocol. */
export interface Assistant {
  provider: MemoryProvider;
  /** Calls the server without a token; returns the authorization address for the person. */
  begin(): Promise<URL>;
  /** Exchanges the code in the callback address for tokens, and connects. */
  finish(callback: URL): Promise<void>;
  protocolVersion(): string | undefined;
  /** Names of the tools that need no arguments. */
  listPlainTools(): Promise<string[]>;
  call(tool: string, input?: Record<string, unknown>): Promise<ToolAnswer>;
  /** The result as a host passes it to a view, including fields that the model does not receive. */
  callWhole(tool: string, input: Record<string, unknown>): Promise<object>;
  listPrompts(): Promise<string[]>;
  /** The text of a prompt that needs no arguments. */
  readPrompt(name: string): Promise<string>;
  listResources(): Promise<string[]>;
  readResource(uri: string): Promise<string>;
  close(): Promise<void>;
}

export interface ToolAnswer {
  isError: boolean;
  structured: unknown;
  text: string;
}

export interface AssistantOptions {
  origin: string;
  redirectUri: string;
}

const identity = { name: "e2e", version: "1.0.0" };
/** Hosts that draw views declare it. */
const capabilities = { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } } };

/** A client of the 2025 protocol versions, with `initialize`, like most assistants. */
export function create2025Assistant({ origin, redirectUri }: AssistantOptions): Assistant {
  const provider = createMemoryProvider({ name: "Assistant of 2025", redirectUri });
  const createTransport = () => new Transport2025(new URL(`${origin}/mcp`), { authProvider: provider });
  const first = createTransport();
  let second: Transport2025 | null = null;
  const client = new Client2025(identity, { capabilities });
  return {
    provider,
    async begin() {
      const refused: unknown = await new Client2025(identity).connect(first).catch((error: unknown) => error);
      if (!(refused instanceof Unauthorized2025)) throw new Error("The server let in a client without a token.");
      return provider.authorizationUrl();
    },
    async finish(callback) {
      await first.finishAuth(callback.searchParams.get("code") ?? "");
      second = createTransport();
      await client.connect(second);
    },
    protocolVersion: () => second?.protocolVersion,
    listPlainTools: async () => plainTools((await client.listTools()).tools),
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    callWhole: (name, input) => client.callTool({ name, arguments: input }),
    listPrompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    readPrompt: async (name) => promptText.parse(await client.getPrompt({ name })).messages[0].content.text,
    listResources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    readResource: async (uri) => resourceText.parse(await client.readResource({ uri })).contents[0].text,
    close: () => client.close(),
  };
}

/** A client that prefers the stateless protocol of 2026-07-28. */
export function create2026Assistant({ origin, redirectUri }: AssistantOptions): Assistant {
  const provider = createMemoryProvider({ name: "Assistant of 2026", redirectUri });
  const createTransport = () => new Transport2026(new URL(`${origin}/mcp`), { authProvider: provider });
  const createClient = () => new Client2026(identity, { capabilities, versionNegotiation: { mode: "auto" } });
  const first = createTransport();
  const client = createClient();
  return {
    provider,
    async begin() {
      const refused: unknown = await createClient()
        .connect(first)
        .catch((error: unknown) => error);
      if (!(refused instanceof Unauthorized2026)) throw new Error("The server let in a client without a token.");
      return provider.authorizationUrl();
    },
    async finish(callback) {
      await first.finishAuth(callback.searchParams);
      await client.connect(createTransport());
    },
    protocolVersion: () => client.getNegotiatedProtocolVersion(),
    listPlainTools: async () => plainTools((await client.listTools()).tools),
    call: async (name, input = {}) => answerOf(await client.callTool({ name, arguments: input })),
    callWhole: (name, input) => client.callTool({ name, arguments: input }),
    listPrompts: async () => (await client.listPrompts()).prompts.map(({ name }) => name),
    readPrompt: async (name) => promptText.parse(await client.getPrompt({ name })).messages[0].content.text,
    listResources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    readResource: async (uri) => resourceText.parse(await client.readResource({ uri })).contents[0].text,
    close: () => client.close(),
  };
}

function plainTools(tools: readonly { name: string; inputSchema: { required?: unknown } }[]): string[] {
  return tools.filter(({ inputSchema: { required } }) => required === undefined).map(({ name }) => name);
}

const toolResult = z.looseObject({
  isError: z.boolean().default(false),
  structuredContent: z.unknown().optional(),
  content: z.tuple([z.object({ type: z.literal("text"), text: z.string() })]),
});

const promptText = z.looseObject({
  messages: z.tuple([z.looseObject({ content: z.object({ type: z.literal("text"), text: z.string() }) })]),
});
const resourceText = z.looseObject({ contents: z.tuple([z.looseObject({ text: z.string() })]) });

function answerOf(result: unknown): ToolAnswer {
  const { isError, structuredContent, content } = toolResult.parse(result);
  return { isError, structured: structuredContent, text: content[0].text };
}
