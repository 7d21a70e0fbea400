import type { PanelView } from "../../agent/panel-view.ts";
import { Activity, Assistants } from "./assistants.tsx";
import { ConnectAssistant } from "./connect-assistant.tsx";
import { PreviewCard } from "./preview.tsx";
import { RingCard } from "./ring-card.tsx";
import { Security } from "./security.tsx";

interface PanelPageProps {
  view: PanelView;
  origin: string;
  serviceName: string;
}

export function PanelPage({ view, origin, serviceName }: PanelPageProps) {
  return (
    <>
      <h1>Your MCP server</h1>
      <h2>Toolkits</h2>
      <RingCard view={view} />
      <PreviewCard view={view} />
      <ConnectAssistant mcpUrl={`${origin}/mcp`} serviceName={serviceName} />
      <Assistants view={view} />
      <Activity view={view} />
      <Security view={view} />
    </>
  );
}
