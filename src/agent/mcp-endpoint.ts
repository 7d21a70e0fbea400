import { createMcpHandler } from "agents/mcp/server";
import viewHtml from "../../dist/view.html";
import { AppError } from "../errors.ts";
import { type CallHost, createMcpServer } from "../mcp/mcp-server.ts";
import { createCallBudget } from "../oura/budget.ts";
import { createOuraReader } from "../oura/reader.ts";
import { intersectScopes, type ScopeName } from "../oura/scopes.ts";
import { settle, stackWithoutMessage } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import { findStanding } from "./find-standing.ts";
import type { Parts } from "./parts.ts";

/** Who is asking, as the token check verified it. It travels as an argument, never as headers a client could set. */
export interface Identity {
  accountId: string;
  /** The approval this token came from. */
  assistantId: string;
  clientId: string;
  /** Scopes of the token itself; the assistant's record may allow fewer by now. */
  scopes: string[];
  /** Address people use, for links in answers. */
  origin: string;
}

/** Web pages that may call the endpoint from a browser, beside our own: the assistants people use there. */
const assistantHosts = ["claude.ai", "claude.com", "chatgpt.com", "vscode.dev", "insiders.vscode.dev"];
/** Per minute and account, as bound in wrangler.toml; what is left of the window is not told, so the whole is named. */
const toolWindowSeconds = 60;

/** Names, for the worker alone, the approvals this one took the place of: their grants are the worker's to end. */
export const replacedHeader = "x-replaced-approvals";

/** One MCP request of either protocol era, answered for one verified identity. */
export async function answerMcp(
  parts: Parts,
  request: Request,
  identity: Identity,
  onCall: () => void,
): Promise<Response> {
  const { hostname } = new URL(identity.origin);
  const host = createCallHost(parts, identity, onCall);
  const handler = createMcpHandler(() => createMcpServer(parts.config().site, host, parts.now, parts.published), {
    corsOptions: false, // the OAuth provider in front answers CORS for the whole endpoint
    allowedHostnames: [hostname],
    allowedOriginHostnames: [hostname, ...assistantHosts],
    onerror: noteRefusal,
  });
  const { clientId, scopes } = identity;
  const response = await handler.fetch(request, { authInfo: { token: "", clientId, scopes } });
  // The answer is there; whatever is the matter with tidying up, it goes out.
  const settled = await settle(() => (response.ok ? parts.assistants.replaceOlder(identity.assistantId) : []));
  const replaced = settled.ok ? settled.value : [];
  if (replaced.length === 0) return response;
  const headers = new Headers(response.headers);
  headers.set(replacedHeader, replaced.join(","));
  return new Response(response.body, { status: response.status, headers });
}

/**
 * The library reports every request it refuses, and the client has been told why: a warning, or anybody could fill the log
 * with faults. Tools catch and log their own.
 */
function noteRefusal(error: Error): void {
  console.warn(JSON.stringify({ event: "mcp_refused", where: stackWithoutMessage(error) }));
}

function createCallHost(parts: Parts, identity: Identity, onCall: () => void): CallHost {
  const links = { home: identity.origin, panel: `${identity.origin}/panel` };
  return {
    links,
    viewHtml,
    begin: async (tool) => {
      onCall();
      const context = await createContext(parts, assistantScopes(parts, identity), links.panel);
      parts.activity.note({ at: parts.now(), assistantId: identity.assistantId, tool: tool.name });
      return context;
    },
    hold: parts.cache.getMade,
    end: (tool, result) => noteEnd(parts, tool, result),
  };
}

/** What the assistant may read by its token and its record; each may have been narrowed without the other. */
function assistantScopes(parts: Parts, identity: Identity): readonly ScopeName[] {
  if (!parts.account.exists()) throw new AppError({ kind: "account_gone" });
  const assistant = parts.assistants.find(identity.assistantId);
  if (assistant === null || assistant.revokedAt !== null) throw new AppError({ kind: "assistant_revoked" });
  return intersectScopes(identity.scopes, assistant.scopes);
}

export function noteEnd(parts: Parts, tool: Tool, { milliseconds, outcome }: Parameters<CallHost["end"]>[1]): void {
  if (outcome === "ok" && tool.asks === "oura") parts.state.noteRead(parts.now());
  console.log(JSON.stringify({ event: "tool_call", tool: tool.name, milliseconds, outcome }));
}

/** @param allowed what whoever asks may read, whatever Oura grants */
export async function createContext(
  parts: Parts,
  allowed: readonly ScopeName[],
  panelUrl: string,
): Promise<ToolContext> {
  const { success } = await parts.env.LIMIT_TOOLS.limit({ key: parts.accountId });
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
      assistant: allowed,
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
