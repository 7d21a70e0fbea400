import type { PanelView } from "../../agent/panel-view.ts";
import { Icon, type IconName } from "../../web/icon.tsx";
import { Activity } from "./activity.tsx";
import { Assistants } from "./assistants.tsx";
import { ConnectAssistant } from "./connect-assistant.tsx";
import { Copyable } from "./copyable.tsx";
import { PreviewCard } from "./preview.tsx";
import { RingCard } from "./ring-card.tsx";
import { Account, Security } from "./security.tsx";

interface PanelPageProps {
  view: PanelView;
  origin: string;
  serviceName: string;
  /** In epoch ms. */
  now: number;
}

const parts: readonly { id: string; icon: IconName; name: string }[] = [
  { id: "toolkits", icon: "ring", name: "Toolkits" },
  { id: "connect", icon: "plug", name: "Connect an assistant" },
  { id: "assistants", icon: "chat", name: "Assistants" },
  { id: "activity", icon: "clock", name: "Activity" },
  { id: "security", icon: "shield", name: "Security" },
  { id: "account", icon: "person", name: "Your account" },
];

export function PanelPage({ view, origin, serviceName, now }: PanelPageProps) {
  return (
    <div class="settings">
      <nav aria-label="On this page">
        <ul>
          {parts.map(({ id, icon, name }) => (
            <li>
              <a href={`#${id}`}>
                <Icon name={icon} />
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div>
        <section class="part" aria-labelledby="server-heading">
          <h1 id="server-heading">Your MCP server</h1>
          <p class="quiet">
            Copy this address into the settings of every assistant that you want to use. The assistant then opens a page
            of this service, and you choose what the assistant may read.
          </p>
          <Copyable id="mcp-url">{`${origin}/mcp`}</Copyable>
        </section>
        <section class="part" id="toolkits" aria-labelledby="toolkits-heading">
          <h2 id="toolkits-heading">Toolkits</h2>
          <p class="quiet">Your assistants can read one source of data: your Ōura Ring.</p>
          <RingCard view={view} now={now} />
          <PreviewCard view={view} />
        </section>
        <ConnectAssistant mcpUrl={`${origin}/mcp`} serviceName={serviceName} />
        <Assistants view={view} now={now} />
        <Activity view={view} now={now} />
        <Security view={view} now={now} />
        <Account />
      </div>
    </div>
  );
}
