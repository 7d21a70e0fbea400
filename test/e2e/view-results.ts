import { readFileSync } from "node:fs";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { createAsking } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import type { Standing } from "../../src/connection/standing.ts";
import { createMcpServer } from "../../src/mcp/mcp-server.ts";
import { runTool } from "../../src/mcp/run-tool.ts";
import type { ToolContext } from "../../src/question/tool.ts";

/** A client of the real server for one synthetic person on a fixed day: real tools, results and view. */
export interface ViewClient {
  client: Client;
  call(tool: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
}

const people = createSyntheticPeople();

/** @param oura whether Oura answers */
export async function connectViewClient(person: string, standing: Standing["kind"] = "connected"): Promise<ViewClient> {
  const asking = await createAsking(people, person);
  const home = "https://ringbridge.example/";
  const links = { home, panel: `${home}panel` };
  const server = createMcpServer(
    {
      publicUrl: home,
      serviceName: "Ringbridge",
      operatorName: null,
      operatorContact: null,
      operatorKey: null,
      malformed: [],
      proofs: { mcpRegistry: null, openai: null },
      sourceUrl: null,
    },
    {
      links,
      viewHtml: readFileSync("dist/view.html", "utf8"),
      era: "legacy",
    },
    async (tool, input) => {
      const open = async (): Promise<ToolContext> => ({
        ...asking.createContext(),
        standing: standing === "pending" ? { kind: standing, place: 1, waiting: 1, code: "AAAA" } : { kind: standing },
      });
      return runTool(tool, input, { links, open, cached: (_key, make) => make(), draws: true });
    },
    () => now,
  );
  const client = new Client({ name: "view host", version: "0" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  return {
    client,
    call: async (tool, input) => ({ ...(await client.callTool({ name: tool, arguments: input })) }),
  };
}
