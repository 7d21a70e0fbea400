import { Client, ProtocolError, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { z } from "zod";
import type { World } from "./world.ts";

/** A connection as an assistant has it, through the official client. */
export interface McpSession {
  instructions: string;
  tools: readonly ListedTool[];
  call(tool: string, input: Record<string, unknown>): Promise<CallResult>;
  close(): Promise<void>;
}

export interface ListedTool {
  name: string;
  description: string;
  inputSchema: unknown;
}

export interface CallResult {
  text: string;
  isError: boolean;
}

const texts = z.array(z.looseObject({ type: z.string(), text: z.string().optional() }));

export async function openSession({ origin, tokens }: World, person: string): Promise<McpSession> {
  const token = tokens[person];
  if (token === undefined) throw new Error(`${person} has no account in this world`);
  const client = new Client({ name: "ringbridge-ask", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), { requestInit: { headers } }));
  const { tools } = await client.listTools();
  return {
    instructions: client.getInstructions() ?? "",
    tools: tools.map(({ name, description = "", inputSchema }) => ({ name, description, inputSchema })),
    async call(name, input) {
      try {
        const { content, isError = false } = await client.callTool({ name, arguments: input });
        const text = texts.parse(content).flatMap((block) => (block.text === undefined ? [] : [block.text]));
        return { text: text.join("\n"), isError };
      } catch (error) {
        // For an unknown tool, or for arguments that are not an object, the model gets the text of the protocol error.
        if (!(error instanceof ProtocolError)) throw error;
        return { text: error.message, isError: true };
      }
    },
    close: () => client.close(),
  };
}
