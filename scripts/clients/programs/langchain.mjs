// An application with LangChain's MCP adapters.
import { MultiServerMCPClient } from "@langchain/mcp-adapters";
import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { answer } from "./answer.mjs";
import { connectSignedIn } from "./signed-in.mjs";

const url = process.env.MCP_URL;
const { client, tools } = await connectSignedIn(
  "LangChain application",
  async (authProvider) => {
    const client = new MultiServerMCPClient({ mcpServers: { ringbridge: { transport: "http", url, authProvider } } });
    return { client, tools: await client.getTools() };
  },
  (provider, callback) => auth(provider, { serverUrl: url, authorizationCode: callback.get("code") }),
);
await answer({
  list: async () => tools.map(({ name }) => name),
  call: (name, input) => tools.find((tool) => tool.name === name).invoke(input),
  close: () => client.close(),
});
