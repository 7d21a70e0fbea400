import { z } from "zod";
import { createVisitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  reconnect,
  register,
  registerClient,
} from "../../sandbox/walk.ts";
import { fetchOnNewConnection } from "./fetch-on-new-connection.ts";

export interface ConnectedPerson {
  person: string;
  accessTokens: readonly string[];
  /** Calls a tool with the first assistant or, by index, another one. */
  call(question: Question, assistant?: number): Promise<ToolAnswer>;
  panel(): Promise<string>;
  /** Presses Reconnect in the panel and allows everything at Oura. */
  reconnect(): Promise<void>;
}

export interface Question {
  tool: string;
  input: Record<string, unknown>;
}

export type ToolAnswer =
  | { kind: "answer"; content: Record<string, unknown>; milliseconds: number }
  | { kind: "error"; text: string; milliseconds: number }
  /** No tool result: the server did not answer, or violated the protocol. */
  | { kind: "no_answer"; text: string; milliseconds: number };

/** Timeout of a call, longer than any answer may take. */
const patienceMilliseconds = 40_000;

const toolResult = z.object({
  result: z.object({
    isError: z.boolean().default(false),
    structuredContent: z.record(z.string(), z.unknown()).optional(),
    content: z.tuple([z.object({ type: z.literal("text"), text: z.string() })]),
  }),
});

let addresses = 0;

/** @param assistants number of assistants; each has its own tokens */
export async function connectPerson(origin: string, person: string, assistants = 1): Promise<ConnectedPerson> {
  addresses += 1;
  const visitor = createVisitor({
    origin,
    address: `10.9.${addresses >> 8}.${addresses & 255}`,
    fetch: fetchOnNewConnection,
  });
  const server = await discover(visitor);
  await createAccount(visitor);
  await register(visitor);
  const tokens: string[] = [];
  for (let index = 0; index < assistants; index += 1) {
    const redirectUri = "http://127.0.0.1:33418/callback";
    const client = await registerClient(visitor, server, { name: `Assistant ${index + 1}`, redirectUri });
    const authorized = await authorizeClient(visitor, server, client, { person, scopes: server.scopes });
    tokens.push((await exchangeCode(visitor, server, client, authorized)).access_token);
  }
  return {
    person,
    accessTokens: tokens,
    call: ({ tool, input }, assistant = 0) => callTool(origin, tokens[assistant] ?? "", tool, input),
    panel: async () => (await visitor.open("/panel")).text(),
    reconnect: () => reconnect(visitor, person),
  };
}

async function callTool(origin: string, accessToken: string, name: string, input: object): Promise<ToolAnswer> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  try {
    const response = await fetchOnNewConnection(`${origin}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${accessToken}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2025-06-18",
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input } }),
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    const text = await response.text();
    const parsed = toolResult.safeParse(readJson(/^data: (.*)$/m.exec(text)?.[1] ?? text));
    if (response.status !== 200 || !parsed.success)
      return { kind: "no_answer", text: `${response.status} ${text.slice(0, 200)}`, milliseconds: took() };
    const { isError, structuredContent, content } = parsed.data.result;
    if (!isError && structuredContent) return { kind: "answer", content: structuredContent, milliseconds: took() };
    return { kind: "error", text: content[0].text, milliseconds: took() };
  } catch (error) {
    return { kind: "no_answer", text: error instanceof Error ? error.name : "unknown", milliseconds: took() };
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
