import { createMcpHandler } from "agents/mcp/server";
import viewHtml from "../../dist/view.html";
import { assistantScopes } from "../grants/assistant-scopes.ts";
import { endApprovals } from "../grants/end-approvals.ts";
import type { Era } from "../mcp/ask-to-connect.ts";
import { hostDraws } from "../mcp/draws-pictures.ts";
import { openExchange } from "../mcp/exchange.ts";
import { type CallTool, createMcpServer } from "../mcp/mcp-server.ts";
import { isToolCall, messagesOf, refuseRequest } from "../mcp/request-messages.ts";
import { settle, stackWithoutMessage } from "../outcome.ts";
import type { Parts } from "./parts.ts";
import { callTool, countRequests, toolWindowSeconds } from "./tool-call.ts";

/**
 * The sender of a request, as verified from the token. It is passed as an argument and never in headers, because a
 * client could set headers.
 */
export interface Identity {
  accountId: string;
  /**
   * The id under which the account stores the assistant: the person's approval of it, or the record of an access token.
   */
  assistantId: string;
  /** The id of the assistant's OAuth client; empty for an access token. */
  clientId: string;
  /** The scopes (permissions) in the token. The account's record of the assistant may allow fewer scopes by now. */
  scopes: string[];
  /** The public address of the service, for links in answers. */
  origin: string;
  /** The host names of the client's own pages. These pages may call the endpoint from a browser. */
  clientSites: readonly string[];
}

/**
 * The host names of web-based assistants. Their pages may call the endpoint from a browser, and so may Ringbridge's own
 * pages.
 */
const assistantHosts = ["claude.ai", "claude.com", "chatgpt.com", "vscode.dev", "insiders.vscode.dev"];

/**
 * Answers one MCP request of the 2025 or the 2026 protocol for one verified identity. Throws `account_gone` when the
 * account no longer exists and `assistant_revoked` when the person has ended the assistant's access. Both are thrown
 * for any kind of request.
 */
export async function answerMcp(
  parts: Parts,
  request: Request,
  identity: Identity,
  onCalled: () => void,
): Promise<Response> {
  assistantScopes(parts, identity);
  const { assistantId, clientId, scopes, origin } = identity;
  const { hostname } = new URL(origin);
  const links = { home: origin, panel: `${origin}/panel` };
  const exchange = await openExchange(request);
  const messages = messagesOf(exchange.body);
  const isWithinLimit = await countRequests(parts, messages.length);
  // If the account is over its rate limit, a tool call gets a tool's answer with words for the person. Any other
  // request gets an error of the protocol.
  if (!isWithinLimit && !messages.every(isToolCall)) return refuseRequest(toolWindowSeconds);
  const drawing = await settle(() => hostDraws(parts.assistants, exchange.body, assistantId));
  const draws = drawing.ok && drawing.value;
  const mayRead = () => assistantScopes(parts, identity);
  const call: CallTool = (tool, input) =>
    callTool(parts, { links, mayRead, onCalled, assistantId, draws, isWithinLimit }, tool, input);
  const { site } = parts.config();
  const createServer = ({ era }: { era: Era }) =>
    createMcpServer(site, { links, viewHtml, era }, call, parts.now, parts.extraTools);
  const handler = createMcpHandler(createServer, {
    corsOptions: false, // the OAuth provider in front answers CORS for the whole endpoint
    allowedHostnames: [hostname],
    allowedOriginHostnames: [hostname, ...assistantHosts, ...identity.clientSites],
    onerror: logRefusal,
  });
  const authInfo = { token: "", clientId, scopes };
  const answered = await handler.fetch(exchange.request, { authInfo, parsedBody: exchange.body });
  const response = await exchange.finish(answered);
  // A request can end older approvals of the same assistant. If ending them fails, the client must still get the
  // answer.
  await settle(() => (response.ok ? replaceOlder(parts, assistantId) : null));
  return response;
}

function replaceOlder(parts: Parts, assistantId: string): void {
  const replaced = parts.assistants.takeReplaced(assistantId);
  if (replaced.length > 0) endApprovals(parts, replaced);
}

/**
 * The library calls this function for every request that it rejects. The client already knows the reason. The log entry
 * is a warning, because otherwise any client could fill the log with errors. Errors inside tools are logged by {@link
 * callTool} instead.
 */
function logRefusal(error: Error): void {
  console.warn(JSON.stringify({ event: "mcp_refused", where: stackWithoutMessage(error) }));
}
