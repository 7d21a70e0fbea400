import { Client as Client2026, StreamableHTTPClientTransport as Transport2026 } from "@modelcontextprotocol/client";
import { Client as Client2025 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Transport2025 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { broken, type Check, type Deployment, type Finding, fine, warning } from "./check.ts";

const identity = { name: "ringbridge-doctor", version: "1.0.0" };

/** Checks with both official client libraries, one for each version of the protocol. Assistants are built on them. */
export const clientChecks: readonly Check[] = [
  {
    name: "client of the 2025 protocol",
    run: (deployment) =>
      tryClient(deployment, async (url, headers) => {
        const client = new Client2025(identity);
        const transport = new Transport2025(url, { requestInit: { headers } });
        await client.connect(transport);
        const { tools } = await client.listTools();
        await client.close();
        return { version: transport.protocolVersion, tools: tools.length };
      }),
  },
  {
    name: "client of the 2026 protocol",
    run: (deployment) =>
      tryClient(deployment, async (url, headers) => {
        const client = new Client2026(identity, { versionNegotiation: { mode: "auto" } });
        await client.connect(new Transport2026(url, { requestInit: { headers } }));
        const { tools } = await client.listTools();
        const version = client.getNegotiatedProtocolVersion();
        await client.close();
        return { version, tools: tools.length };
      }),
  },
];

type Connect = (url: URL, headers: Record<string, string>) => Promise<{ version: string | undefined; tools: number }>;

async function tryClient({ origin, token }: Deployment, connect: Connect): Promise<Finding> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  try {
    const { version, tools } = await connect(new URL(`${origin}/mcp`), headers);
    return token === null
      ? broken("was let in without a token", "Take the server down: it does not check access.")
      : fine(`speaks ${version} and lists ${tools} tools`);
  } catch (error) {
    const isRefusal = isUnauthorized(error);
    if (token === null)
      return isRefusal
        ? warning(
            "is refused without a token, as it should be",
            "Set RINGBRIDGE_TOKEN to test the connection with a token.",
          )
        : broken("does not even get a refusal", "See the findings above.");
    return isRefusal
      ? broken("is refused with the token given", "Tokens are valid for a day and for one address: get a new one.")
      : broken("cannot connect", "See the findings above; the server's log names a reference.");
  }
}

/** Whether a library's error means 401: one library sets the status as `code`, the other names the error. */
function isUnauthorized(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === 401) || /\b401\b|unauthorized/i.test(`${error.name} ${error.message}`);
}
