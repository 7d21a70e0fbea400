/** A command of a client: a program of its packages, and its arguments. */
type Command = readonly string[];

/** A client from npm. Each client has its own home directory. */
export interface KnownClient {
  name: string;
  /** The npm package whose version the table shows. */
  package: string;
  /** Adds the server to the client's settings, once. Some clients sign in at once. */
  add: Command | null;
  /** Null when `list` and `call` sign in if they have to. */
  signIn: Command | null;
  /** Prints at least the name of every tool. */
  list: Command;
  call(tool: string, input: object): Command;
  /** Finds in the printed list what the client objects to. Null when the client objects to nothing. */
  findObjection?(output: string): string | null;
}

export function knownClients(mcpUrl: string): readonly KnownClient[] {
  const inspector = ["mcp-inspector", "--cli", mcpUrl, "--transport", "http"];
  return [
    {
      name: "Claude Code",
      package: "@anthropic-ai/claude-code",
      add: ["claude", "mcp", "add", "--scope", "user", "--transport", "http", "ringbridge", mcpUrl],
      // This command works only in a terminal, which `script` provides.
      signIn: ["script", "-qec", "claude mcp login ringbridge", "/dev/null"],
      ...ownProgram("claude.mjs"),
    },
    {
      name: "Codex",
      package: "@openai/codex",
      add: ["codex", "mcp", "add", "ringbridge", "--url", mcpUrl],
      signIn: ["codex", "mcp", "login", "ringbridge"],
      ...ownProgram("codex.mjs"),
    },
    {
      name: "MCP Inspector",
      package: "@modelcontextprotocol/inspector",
      add: null,
      signIn: null,
      list: [...inspector, "--method", "tools/list", "--strict"],
      call: (tool, input) => [
        ...inspector,
        ...["--method", "tools/call", "--tool-name", tool, "--tool-args-json", JSON.stringify(input)],
      ],
      findObjection: (output) => /^.*Suggestion: .*$/m.exec(output)?.[0] ?? null,
    },
    {
      name: "mcporter",
      package: "mcporter",
      add: ["mcporter", "config", "add", "ringbridge", mcpUrl, "--scope", "home"],
      signIn: ["mcporter", "auth", "ringbridge"],
      list: ["mcporter", "list", "ringbridge"],
      call: (tool, input) => ["mcporter", "call", `ringbridge.${tool}`, "--args", JSON.stringify(input)],
    },
    { name: "mcp-remote", package: "mcp-remote", add: null, signIn: null, ...ownProgram("stdio-host.mjs") },
    { name: "AI SDK", package: "@ai-sdk/mcp", add: null, signIn: null, ...ownProgram("ai-sdk.mjs") },
    {
      name: "LangChain adapters",
      package: "@langchain/mcp-adapters",
      add: null,
      signIn: null,
      ...ownProgram("langchain.mjs"),
    },
    {
      name: "OpenAI Agents SDK",
      package: "@openai/agents",
      add: null,
      signIn: null,
      ...ownProgram("openai-agents.mjs"),
    },
  ];
}

/** A program of scripts/clients/programs that uses a client as an application does. */
function ownProgram(file: string): Pick<KnownClient, "list" | "call"> {
  return {
    list: ["node", file, "list"],
    call: (tool, input) => ["node", file, "call", tool, JSON.stringify(input)],
  };
}
