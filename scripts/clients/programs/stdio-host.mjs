// A desktop host that knows only local servers: it starts one, here mcp-remote, and speaks to it over stdio.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { answer } from "./answer.mjs";

const program = new URL("node_modules/mcp-remote/dist/proxy.js", import.meta.url).pathname;
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [program, process.env.MCP_URL, process.env.CALLBACK_PORT],
  env: process.env,
  stderr: "inherit",
});
const client = new Client({ name: "desktop-host", version: "1.0.0" });
await client.connect(transport, { timeout: 60_000 });
await answer({
  list: async () => (await client.listTools()).tools.map(({ name }) => name),
  call: (name, input) => client.callTool({ name, arguments: input }),
  close: () => client.close(),
});
