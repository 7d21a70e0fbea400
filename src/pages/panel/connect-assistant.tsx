import type { Child } from "hono/jsx";
import { Note } from "../../web/note.tsx";
import { Copyable } from "./copyable.tsx";

interface ConnectAssistantProps {
  mcpUrl: string;
  serviceName: string;
}

/** How to add the server to each assistant: the steps, and an install link or a command where the assistant has one. */
export function ConnectAssistant({ mcpUrl, serviceName }: ConnectAssistantProps) {
  const name = serviceName.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const onThisComputer = new URL(mcpUrl).protocol === "http:";
  return (
    <section class="part" id="connect" aria-labelledby="connect-heading">
      <h2 id="connect-heading">Connect an assistant</h2>
      <p class="quiet">Add the address to your assistant, sign in here once, and choose what it may read.</p>
      {onThisComputer ? (
        <Note>
          This address works on this computer: Claude Code, Cursor and VS Code reach it. Claude and ChatGPT in the
          browser need a public one.
        </Note>
      ) : null}
      <div class="card hosts">
        <Host name="Claude (web and desktop)">
          <ol>
            <li>Open Settings, then Connectors, then Add custom connector.</li>
            <li>
              Give it a name, paste <code>{mcpUrl}</code> and press Add.
            </li>
            <li>Press Connect, and allow what it may read.</li>
          </ol>
        </Host>
        <Host name="Claude Code">
          <p>In a terminal:</p>
          <Copyable id="claude-code-command">{`claude mcp add --transport http ${name} ${mcpUrl}`}</Copyable>
          <p>
            Then type <code>/mcp</code> in Claude Code, choose {name} and sign in.
          </p>
        </Host>
        <Host name="ChatGPT">
          <ol>
            <li>Open Settings, then Apps and connectors, then Advanced, and switch developer mode on.</li>
            <li>
              Press Create, give it a name, paste <code>{mcpUrl}</code> and choose OAuth.
            </li>
            <li>Sign in, and allow what it may read.</li>
          </ol>
        </Host>
        <Host name="Cursor">
          <p>
            <a class="button plain" href={cursorLink(name, mcpUrl)}>
              Add to Cursor
            </a>
          </p>
          <p>
            Or add it to <code>~/.cursor/mcp.json</code>:
          </p>
          <Copyable id="cursor-settings">{JSON.stringify({ mcpServers: { [name]: { url: mcpUrl } } })}</Copyable>
        </Host>
        <Host name="VS Code">
          <p>
            <a class="button plain" href={vsCodeLink(name, mcpUrl)}>
              Add to VS Code
            </a>
          </p>
          <p>Or in a terminal:</p>
          <Copyable id="vs-code-command">{`code --add-mcp '${JSON.stringify({ name, type: "http", url: mcpUrl })}'`}</Copyable>
        </Host>
      </div>
    </section>
  );
}

function Host({ name, children }: { name: string; children: Child }) {
  return (
    <details class="fold">
      <summary>{name}</summary>
      {children}
    </details>
  );
}

/** Cursor's install link: the server's settings as base64. */
function cursorLink(name: string, url: string): string {
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(btoa(JSON.stringify({ url })))}`;
}

/** VS Code's install link: the server's settings as encoded JSON. */
function vsCodeLink(name: string, url: string): string {
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name, type: "http", url }))}`;
}
