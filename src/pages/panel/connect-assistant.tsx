import type { Child } from "hono/jsx";
import { Note } from "../../web/note.tsx";
import { commandName } from "./command-name.ts";
import { Copyable } from "./copyable.tsx";

interface ConnectAssistantProps {
  mcpUrl: string;
  serviceName: string;
}

export function ConnectAssistant({ mcpUrl, serviceName }: ConnectAssistantProps) {
  const name = commandName(serviceName, mcpUrl);
  const onThisComputer = new URL(mcpUrl).protocol === "http:";
  return (
    <section class="part" id="connect" aria-labelledby="connect-heading">
      <h2 id="connect-heading">Connect an assistant</h2>
      <p class="quiet">
        Copy the address at the top of this page into the settings of your assistant. Your assistant then opens a page
        of this service, where you sign in and choose what the assistant may read.
      </p>
      {onThisComputer ? (
        <Note>
          This address works only on this computer. Claude Code, Cursor, VS Code and other programs on this computer can
          use it. Claude and ChatGPT in the browser cannot reach it, because they need a public address.
        </Note>
      ) : null}
      <div class="card hosts">
        <Host name="Claude (web and desktop)">
          <ol>
            <li>In Claude, open Settings, then Connectors, then Add custom connector.</li>
            <li>
              Give the connector a name, paste <code>{mcpUrl}</code> and press Add.
            </li>
            <li>
              Press Connect. Your browser then opens a page of this service. Sign in, and choose what Claude may read.
            </li>
          </ol>
        </Host>
        <TerminalHost host={claudeCode} name={name} mcpUrl={mcpUrl} />
        <Host name="ChatGPT">
          <ol>
            <li>In ChatGPT, open Settings, then Apps and connectors, then Advanced. Switch developer mode on.</li>
            <li>
              Press Create, give the connector a name, paste <code>{mcpUrl}</code> and choose OAuth.
            </li>
            <li>Your browser then opens a page of this service. Sign in, and choose what ChatGPT may read.</li>
          </ol>
        </Host>
        <Host name="Cursor">
          <p>
            <a class="button plain" href={cursorLink(name, mcpUrl)}>
              Add to Cursor
            </a>
          </p>
          <p>
            Or add this text to the file <code>~/.cursor/mcp.json</code>:
          </p>
          <Copyable id="cursor-settings">{JSON.stringify({ mcpServers: { [name]: { url: mcpUrl } } })}</Copyable>
        </Host>
        <Host name="VS Code">
          <p>
            <a class="button plain" href={vsCodeLink(name, mcpUrl)}>
              Add to VS Code
            </a>
          </p>
          <p>Or run this command in a terminal on macOS or Linux:</p>
          <Copyable id="vs-code-command">{`code --add-mcp '${vsCodeEntry(name, mcpUrl)}'`}</Copyable>
          <p>Or run this command in a terminal on Windows:</p>
          <Copyable id="vs-code-command-windows">
            {`code --add-mcp "${vsCodeEntry(name, mcpUrl).replaceAll('"', String.raw`\"`)}"`}
          </Copyable>
        </Host>
        {otherTerminalHosts.map((host) => (
          <TerminalHost host={host} name={name} mcpUrl={mcpUrl} />
        ))}
      </div>
    </section>
  );
}

interface Terminal {
  id: string;
  title: string;
  add(name: string, url: string): string;
  /**
   * How a person signs in. With `command`, the person runs a command in the terminal. With `typed`, the person types a
   * text in the assistant. With `again`, the person is signed in when the server is added, and needs the command only
   * to sign in again later. With null, the assistant asks the person to sign in by itself.
   */
  signIn: { command(name: string): string } | { typed(name: string): string } | { again(name: string): string } | null;
}

export const claudeCode: Terminal = {
  id: "claude-code",
  title: "Claude Code",
  add: (name, url) => `claude mcp add --scope user --transport http ${name} ${url}`,
  signIn: { command: (name) => `claude mcp login ${name}` },
};

export const otherTerminalHosts: readonly Terminal[] = [
  {
    id: "codex",
    title: "Codex",
    add: (name, url) => `codex mcp add ${name} --url ${url}`,
    signIn: { again: (name) => `codex mcp login ${name}` },
  },
  {
    id: "gemini-cli",
    title: "Gemini CLI",
    add: (name, url) => `gemini mcp add --scope user --transport http ${name} ${url}`,
    signIn: { typed: (name) => `/mcp auth ${name}` },
  },
  {
    id: "copilot-cli",
    title: "GitHub Copilot CLI",
    add: (name, url) => `copilot mcp add --transport http ${name} ${url}`,
    signIn: { typed: (name) => `/mcp auth ${name}` },
  },
  {
    id: "opencode",
    title: "opencode",
    add: (name, url) => `opencode mcp add ${name} --url ${url}`,
    signIn: { command: (name) => `opencode mcp auth ${name}` },
  },
  {
    id: "qwen-code",
    title: "Qwen Code",
    add: (name, url) => `qwen mcp add --transport http ${name} ${url}`,
    signIn: { typed: () => "/mcp" },
  },
  {
    id: "cline",
    title: "Cline",
    add: (name, url) => `cline mcp install ${name} --transport http ${url} --yes`,
    signIn: { command: () => "cline mcp" },
  },
  {
    id: "mcporter",
    title: "mcporter",
    add: (name, url) => `npx mcporter config add ${name} ${url} --scope home`,
    signIn: { command: (name) => `npx mcporter auth ${name}` },
  },
  {
    id: "inspector",
    title: "MCP Inspector",
    add: (_name, url) => `npx @modelcontextprotocol/inspector --cli ${url} --transport http --method tools/list`,
    signIn: null,
  },
];

function TerminalHost({ host, name, mcpUrl }: { host: Terminal; name: string; mcpUrl: string }) {
  const { id, title, add, signIn } = host;
  return (
    <Host name={title}>
      <p>Run this command in a terminal:</p>
      <Copyable id={`${id}-command`}>{add(name, mcpUrl)}</Copyable>
      {signIn === null ? (
        <p>This command opens a page of this service, where you sign in.</p>
      ) : "command" in signIn ? (
        <>
          <p>Then sign in with this command:</p>
          <Copyable id={`${id}-sign-in`}>{signIn.command(name)}</Copyable>
        </>
      ) : "again" in signIn ? (
        <>
          <p>
            This command opens a page of this service, where you sign in. If you have to sign in again later, run this
            command:
          </p>
          <Copyable id={`${id}-sign-in`}>{signIn.again(name)}</Copyable>
        </>
      ) : (
        <p>
          Then start {title}, type <code>{signIn.typed(name)}</code> and sign in.
        </p>
      )}
    </Host>
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

function cursorLink(name: string, url: string): string {
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(btoa(JSON.stringify({ url })))}`;
}

function vsCodeEntry(name: string, url: string): string {
  return JSON.stringify({ name, type: "http", url });
}

function vsCodeLink(name: string, url: string): string {
  return `vscode:mcp/install?${encodeURIComponent(vsCodeEntry(name, url))}`;
}
