import { createMcpHandler } from "agents/mcp/server";
import viewHtml from "../../dist/view.html";
import { AppError } from "../errors.ts";
import { type CallTool, createMcpServer } from "../mcp/mcp-server.ts";
import { intersectScopes, type ScopeName } from "../oura/scopes.ts";
import { settle, stackWithoutMessage } from "../outcome.ts";
import type { Parts } from "./parts.ts";
import { callTool } from "./tool-call.ts";

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

/** An answer, and the approvals that the assistant's own took the place of: their grants are the worker's to end. */
export interface McpAnswer {
  response: Response;
  replaced: readonly string[];
}

/** One MCP request of either protocol era, answered for one verified identity. */
export async function answerMcp(
  parts: Parts,
  request: Request,
  identity: Identity,
  onCall: () => void,
): Promise<McpAnswer> {
  const { assistantId, clientId, scopes, origin } = identity;
  const { hostname } = new URL(origin);
  const links = { home: origin, panel: `${origin}/panel` };
  const call: CallTool = (tool, input) => {
    const mayRead = () => {
      onCall();
      return assistantScopes(parts, identity);
    };
    return callTool(parts, { links, mayRead, assistantId }, tool, input);
  };
  const { site } = parts.config();
  const handler = createMcpHandler(() => createMcpServer(site, { links, viewHtml }, call, parts.now, parts.published), {
    corsOptions: false, // the OAuth provider in front answers CORS for the whole endpoint
    allowedHostnames: [hostname],
    allowedOriginHostnames: [hostname, ...assistantHosts],
    onerror: noteRefusal,
  });
  const response = await handler.fetch(request, { authInfo: { token: "", clientId, scopes } });
  // The answer is there; whatever is the matter with tidying up, it goes out.
  const settled = await settle(() => (response.ok ? parts.assistants.replaceOlder(assistantId) : []));
  return { response, replaced: settled.ok ? settled.value : [] };
}

/**
 * The library reports every request it refuses, and the client has been told why: a warning, or anybody could fill the log
 * with faults. Tools catch and log their own.
 */
function noteRefusal(error: Error): void {
  console.warn(JSON.stringify({ event: "mcp_refused", where: stackWithoutMessage(error) }));
}

/** What the assistant may read by its token and its record; each may have been narrowed without the other. */
function assistantScopes(parts: Parts, identity: Identity): readonly ScopeName[] {
  if (!parts.account.exists()) throw new AppError({ kind: "account_gone" });
  const assistant = parts.assistants.find(identity.assistantId);
  if (assistant === null || assistant.revokedAt !== null) throw new AppError({ kind: "assistant_revoked" });
  return intersectScopes(identity.scopes, assistant.scopes);
}
