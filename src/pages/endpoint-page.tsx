import { ConnectAssistant } from "./panel/connect-assistant.tsx";
import { Copyable } from "./panel/copyable.tsx";

interface EndpointPageProps {
  mcpUrl: string;
  serviceName: string;
}

/** The page for a person who opens the MCP endpoint's address in a browser. */
export function EndpointPage({ mcpUrl, serviceName }: EndpointPageProps) {
  return (
    <div class="parts">
      <section class="part" aria-labelledby="endpoint-heading">
        <h1 id="endpoint-heading">This address is for your assistant</h1>
        <p class="quiet">
          {serviceName} is an MCP server: a service through which an assistant can read your Ōura Ring. Copy the address
          below into the settings of your assistant.
        </p>
        <Copyable id="mcp-url">{mcpUrl}</Copyable>
        <p class="quiet small">
          If you have no account yet, your assistant opens a page where you create one. You can also{" "}
          <a href="/create-account">create your account now</a>.
        </p>
      </section>
      <ConnectAssistant mcpUrl={mcpUrl} serviceName={serviceName} />
    </div>
  );
}
