import { createMcpHandler } from "agents/mcp/server";
import viewHtml from "../../dist/view.html";
import { assistantScopes } from "../grants/assistant-scopes.ts";
import { endReplaced } from "../grants/end-approvals.ts";
import type { Era } from "../mcp/ask-to-connect.ts";
import { hostDraws } from "../mcp/draws-pictures.ts";
import { openExchange } from "../mcp/exchange.ts";
import { type CallTool, createMcpServer } from "../mcp/mcp-server.ts";
import { logRefusal, sayRefusalPlainly } from "../mcp/plain-errors.ts";
import { messagesOf, refuseOverLimit } from "../mcp/request-messages.ts";
import { settle } from "../outcome.ts";
import type { Parts } from "./parts.ts";
import type { Schedule } from "./schedule.ts";
import { callTool, countRequests, toolWindowSeconds } from "./tool-call.ts";

/**
 * Who sent a request, as found by checking the request's token. Code that needs this object must get it as an argument.
 * Code must not read it from headers, because a client can set any header.
 */
export interface Identity {
  accountId: string;
  /**
   * The id of the record in which the account stores this assistant or access token. The record contains what the
   * person allowed.
   */
  assistantId: string;
  /** The id of the assistant's OAuth client; empty for an access token. */
  clientId: string;
  /**
   * The scopes (permissions) in the token. The person may have removed some of them after the token was issued. So the
   * account's record of the assistant can allow fewer scopes.
   */
  scopes: string[];
  /** The public address of the service, for links in answers. */
  origin: string;
  /** The host names of the client's own pages. These pages may call the endpoint from a browser. */
  clientSites: readonly string[];
}

/** The pages of these web-based assistants may call the MCP endpoint from a browser. */
const assistantHosts = ["claude.ai", "claude.com", "chatgpt.com", "vscode.dev", "insiders.vscode.dev"];

/**
 * Answers one MCP request. The request may use a version of the MCP protocol from 2025 or from 2026. The calling code
 * has already verified who sent the request (`identity`). If the account no longer exists, every kind of request throws
 * `account_gone`. If the person has ended the assistant's access, every kind of request throws `assistant_revoked`.
 */
export async function answerMcp(
  parts: Parts,
  schedule: Schedule,
  request: Request,
  identity: Identity,
): Promise<Response> {
  assistantScopes(parts, identity);
  const { assistantId, clientId, scopes, origin } = identity;
  const { hostname } = new URL(origin);
  const links = { home: origin, panel: `${origin}/panel` };
  const exchange = await openExchange(request);
  const messages = messagesOf(exchange.body);
  const isWithinLimit = await countRequests(parts, messages.length);
  const refusal = isWithinLimit ? null : refuseOverLimit(messages, toolWindowSeconds, links);
  if (refusal) return refusal;
  const drawing = await settle(() => hostDraws(parts.assistants, exchange.body, assistantId));
  const draws = drawing.ok && drawing.value;
  const mayRead = () => assistantScopes(parts, identity);
  const call: CallTool = (tool, input) =>
    callTool(parts, { links, mayRead, onCalled: schedule.flushLater, assistantId, draws, isWithinLimit }, tool, input);
  const { site } = parts.config();
  const createServer = ({ era }: { era: Era }) =>
    createMcpServer(site, { links, viewHtml, era }, call, parts.now, parts.extraTools);
  let reported: Error | null = null;
  const handler = createMcpHandler(createServer, {
    corsOptions: false, // the OAuth provider, which gets every request first, answers CORS for this endpoint
    allowedHostnames: [hostname],
    allowedOriginHostnames: [hostname, ...assistantHosts, ...identity.clientSites],
    onerror(error) {
      reported = error;
      logRefusal(error);
    },
  });
  const authInfo = { token: "", clientId, scopes };
  const answered = await handler.fetch(exchange.request, { authInfo, parsedBody: exchange.body });
  const response = await exchange.finish(await sayRefusalPlainly(answered, reported));
  // This assistant may have an older record, which is ended now. If that fails, the client still gets the answer.
  if (response.ok) await settle(() => endReplaced(parts, assistantId));
  schedule.deleteFromKvLater();
  return response;
}
