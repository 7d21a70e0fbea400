import { createMcpHandler } from "agents/mcp/server";
import { AppError } from "../errors.ts";
import { createCallBudget } from "../oura/budget.ts";
import { createOuraReader } from "../oura/reader.ts";
import { intersectScopes } from "../oura/scopes.ts";
import type { Tool, ToolContext } from "../tools/define-tool.ts";
import type { Identity } from "./identity.ts";
import { type CallHost, createMcpServer } from "./mcp-server.ts";
import { logFailure } from "./outcome.ts";
import type { Parts } from "./parts.ts";
import { findStanding } from "./standing.ts";

/** Web pages that may call the endpoint from a browser, beside our own: the assistants people use there. */
const assistantHosts = ["claude.ai", "claude.com", "chatgpt.com", "vscode.dev", "insiders.vscode.dev"];
/** Per minute and account, as bound in wrangler.toml; what is left of the window is not told, so the whole is named. */
const toolWindowSeconds = 60;

/** One MCP request of either protocol era, answered for one verified identity. */
export function answerMcp(parts: Parts, request: Request, identity: Identity, onCall: () => void): Promise<Response> {
  const { hostname } = new URL(identity.origin);
  const host = createCallHost(parts, identity, onCall);
  const handler = createMcpHandler(() => createMcpServer(parts.config().site, host, parts.now), {
    corsOptions: false, // the OAuth provider in front answers CORS for the whole endpoint
    allowedHostnames: [hostname],
    allowedOriginHostnames: [hostname, ...assistantHosts],
    onerror: logFailure,
  });
  const { clientId, scopes } = identity;
  return handler.fetch(request, { authInfo: { token: "", clientId, scopes } });
}

function createCallHost(parts: Parts, identity: Identity, onCall: () => void): CallHost {
  const links = { home: identity.origin, panel: `${identity.origin}/panel` };
  return {
    links,
    begin: async (tool) => {
      onCall();
      const context = await createContext(parts, identity, links.panel);
      parts.activity.note({ at: parts.now(), assistantId: identity.assistantId, tool: tool.name });
      return context;
    },
    end(tool: Tool, { milliseconds, outcome }) {
      if (outcome === "ok" && !tool.worksUnconnected) parts.state.noteRead(parts.now());
      console.log(JSON.stringify({ event: "tool_call", tool: tool.name, milliseconds, outcome }));
    },
  };
}

async function createContext(parts: Parts, identity: Identity, panelUrl: string): Promise<ToolContext> {
  if (!parts.account.exists()) throw new AppError({ kind: "account_gone" });
  const assistant = parts.assistants.find(identity.assistantId);
  if (assistant === null || assistant.revokedAt !== null) throw new AppError({ kind: "assistant_revoked" });
  const { success } = await parts.env.LIMIT_TOOLS.limit({ key: identity.accountId });
  if (!success) {
    parts.troubles.note("too_many_calls");
    throw new AppError({ kind: "too_many_calls", retryAfterSeconds: toolWindowSeconds });
  }
  const standing = await findStanding(parts);
  const connection = parts.connection().state();
  const { state } = parts;
  return {
    now: parts.now(),
    reader: createOuraReader(parts.transport(), parts.cache, createCallBudget(parts.now, parts.share)),
    access: {
      oura: connection.kind === "not_connected" ? [] : connection.scopes,
      assistant: intersectScopes(identity.scopes, assistant.scopes),
    },
    standing,
    clock: {
      get offsetMinutes() {
        return state.read().utcOffsetMinutes;
      },
      remember({ offsetMinutes, at }) {
        // A call may outlive its account: what comes back then leaves nothing behind.
        if (parts.account.exists()) state.rememberOffset(offsetMinutes, at);
      },
    },
    panelUrl,
  };
}
