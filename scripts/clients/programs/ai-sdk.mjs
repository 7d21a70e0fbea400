// An application with the AI SDK of Vercel.
import { auth, createMCPClient } from "@ai-sdk/mcp";
import { answer } from "./answer.mjs";
import { connectSignedIn } from "./signed-in.mjs";

const url = process.env.MCP_URL;
const client = await connectSignedIn(
  "AI SDK application",
  (authProvider) => createMCPClient({ transport: { type: "http", url, authProvider } }),
  (provider, callback) =>
    auth(provider, {
      serverUrl: url,
      authorizationCode: callback.get("code"),
      callbackState: callback.get("state"),
      iss: callback.get("iss"),
    }),
);
await answer({
  list: async () => Object.keys(await client.tools()),
  call: async (name, input) => (await client.tools())[name].execute(input, { messages: [], toolCallId: "1" }),
  close: () => client.close(),
});
