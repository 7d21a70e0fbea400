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

/** The caller, as verified from the token. Passed as an argument, never as headers, which a client could set. */
export interface Identity {
  accountId: string;
  /** The approval this token came from, or the record of an access token. */
  assistantId: string;
  /** Empty for an access token. */
  clientId: string;
  /** Scopes of the token. The assistant's record may allow fewer by now. */
  scopes: string[];
  /** Public address of the service, for links in answers. */
  origin: string;
  /** Host names of the client's own pages, which may call the endpoint from a browser. */
  clientSites: readonly string[];
}

/** Web-based assistants whose pages may call the endpoint from a browser, besides our own pages. */
const assistantHosts = ["claude.ai", "claude.com", "chatgpt.com", "vscode.dev", "insiders.vscode.dev"];

/**
 * Answers one MCP request, of the older or the newer protocol, for one verified identity. Throws `account_gone` and
 * `assistant_revoked`, whatever the request asks for.
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
  // A tool call is answered as a tool answers, in words for the person; everything else as the protocol does.
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
  // A failure to replace older approvals must not lose the answer.
  await settle(() => (response.ok ? replaceOlder(parts, assistantId) : null));
  return response;
}

function replaceOlder(parts: Parts, assistantId: string): void {
  const replaced = parts.assistants.takeReplaced(assistantId);
  if (replaced.length > 0) endApprovals(parts, replaced);
}

/**
 * The library calls this for every request it rejects; the client already has the reason. Logged as a warning, because
 * otherwise any client could fill the log with errors. Tools catch and log their own errors.
 */
function logRefusal(error: Error): void {
  console.warn(JSON.stringify({ event: "mcp_refused", where: stackWithoutMessage(error) }));
}
