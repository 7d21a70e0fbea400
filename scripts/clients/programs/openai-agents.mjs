// An application with the Agents SDK of OpenAI.
import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { MCPServerStreamableHttp } from "@openai/agents";
import { answer } from "./answer.mjs";
import { connectSignedIn } from "./signed-in.mjs";

const url = process.env.MCP_URL;
const server = await connectSignedIn(
  "OpenAI Agents application",
  async (authProvider) => {
    const server = new MCPServerStreamableHttp({ url, name: "ringbridge", authProvider });
    await server.connect();
    return server;
  },
  (provider, callback) => auth(provider, { serverUrl: url, authorizationCode: callback.get("code") }),
);
await answer({
  list: async () => (await server.listTools()).map(({ name }) => name),
  call: (name, input) => server.callTool(name, input),
  close: () => server.close(),
});
