/** How to add the server to an assistant, host by host: exact steps, a link where the host has one, a command where it has that. */
interface ConnectAssistantProps {
  mcpUrl: string;
  serviceName: string;
}

export function ConnectAssistant({ mcpUrl, serviceName }: ConnectAssistantProps) {
  const name = serviceName.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const onThisComputer = new URL(mcpUrl).protocol === "http:";
  return (
    <section class="card" aria-labelledby="connect-heading">
      <h2 id="connect-heading">Connect an assistant</h2>
      <p>Add this address to your assistant. It opens this site once, where you choose what it may read.</p>
      <p class="address">
        <code id="mcp-url">{mcpUrl}</code>
        <button type="button" class="plain" data-copy="mcp-url" hidden>
          Copy
        </button>
      </p>
      {onThisComputer ? (
        <p class="quiet">
          This address works on this computer: Claude Code, Cursor and VS Code reach it. Claude and ChatGPT in the
          browser need a public one.
        </p>
      ) : null}
      <details>
        <summary>Claude (web and desktop)</summary>
        <ol>
          <li>Open Settings, then Connectors, then Add custom connector.</li>
          <li>Give it a name, paste the address and press Add.</li>
          <li>Press Connect, and allow what it may read.</li>
        </ol>
      </details>
      <details>
        <summary>Claude Code</summary>
        <p>In a terminal:</p>
        <Command id="claude-code-command">{`claude mcp add --transport http ${name} ${mcpUrl}`}</Command>
        <p>
          Then type <code>/mcp</code> in Claude Code, choose {name} and sign in.
        </p>
      </details>
      <details>
        <summary>ChatGPT</summary>
        <ol>
          <li>Open Settings, then Apps and connectors, then Advanced, and switch developer mode on.</li>
          <li>Press Create, give it a name, paste the address and choose OAuth.</li>
          <li>Sign in, and allow what it may read.</li>
        </ol>
      </details>
      <details>
        <summary>Cursor</summary>
        <p>
          <a class="button plain" href={cursorLink(name, mcpUrl)}>
            Add to Cursor
          </a>
        </p>
        <p>
          Or add it to <code>~/.cursor/mcp.json</code>:
        </p>
        <Command id="cursor-settings">{JSON.stringify({ mcpServers: { [name]: { url: mcpUrl } } })}</Command>
      </details>
      <details>
        <summary>VS Code</summary>
        <p>
          <a class="button plain" href={vsCodeLink(name, mcpUrl)}>
            Add to VS Code
          </a>
        </p>
        <p>Or in a terminal:</p>
        <Command id="vs-code-command">{`code --add-mcp '${JSON.stringify({ name, type: "http", url: mcpUrl })}'`}</Command>
      </details>
    </section>
  );
}

function Command({ id, children }: { id: string; children: string }) {
  return (
    <p class="address">
      <code id={id}>{children}</code>
      <button type="button" class="plain" data-copy={id} hidden>
        Copy
      </button>
    </p>
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
