import { AppError, type Links } from "../errors.ts";
import { runTool, type ToolAnswer } from "../mcp/run-tool.ts";
import { createCallBudget } from "../oura/budget.ts";
import { createOuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { inBackground } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import type { Parts } from "./parts.ts";
import { findStanding } from "./ring-connection.ts";

/**
 * The length of the rate limit's window in seconds, as set in wrangler.toml. The Workers binding does not report how
 * much of the window is left, so a refused caller is told to wait for a whole window.
 */
export const toolWindowSeconds = 60;

export interface Caller {
  links: Links;
  /**
   * Returns the scopes (permissions) that the person granted to the caller. The connection to Oura may lack some of
   * these scopes, because the person did not grant them to Ringbridge on Oura's page. Throws when the caller's access
   * has been revoked.
   */
  mayRead(): readonly ScopeName[];
  /**
   * Called at the end of a tool call for which `mayRead` returned scopes. At that time the call may be listed only in
   * memory. So this function must make sure that the list of calls is soon written to storage.
   */
  onCalled(): void;
  /**
   * The assistant that the activity list shows for this call. Null for the account's owner, whose calls are not listed.
   */
  assistantId: string | null;
  /** Whether the caller's host draws views (MCP Apps pages with pictures). */
  draws: boolean;
  isWithinLimit: boolean;
}

/**
 * Returns whether the account is still within its rate limit. Every kind of request counts, because a request that only
 * lists the tools, or a tool call with invalid arguments, costs the server as much as any other tool call.
 */
export async function countRequests(parts: Parts, number: number): Promise<boolean> {
  let isWithin = true;
  for (let counted = 0; counted < number && isWithin; counted += 1) {
    isWithin = (await parts.env.LIMIT_TOOLS.limit({ key: parts.accountId })).success;
  }
  if (!isWithin) parts.troubles.note("too_many_calls");
  return isWithin;
}

/**
 * Applies the rate limit, runs the tool, adds the call to the list of calls and writes a log line, also if the call
 * fails.
 */
export async function callTool(parts: Parts, caller: Caller, tool: Tool, input: unknown): Promise<ToolAnswer> {
  const { links, assistantId } = caller;
  const started = parts.now();
  let hasBegun = false;
  let isListed = false;
  const { result, outcome } = await runTool(tool, input, {
    links,
    async open() {
      const allowed = caller.mayRead();
      hasBegun = true;
      if (!caller.isWithinLimit) throw new AppError({ kind: "too_many_calls", retryAfterSeconds: toolWindowSeconds });
      const context = await openContext(parts, caller, allowed);
      isListed = true;
      return context;
    },
    cached: parts.cache.getDerived,
    draws: caller.draws,
  });
  // An error of this work is only logged, so that the caller still gets the answer.
  await inBackground(() => {
    if (isListed && assistantId !== null) parts.activity.note({ at: started, assistantId, tool: tool.name, outcome });
    if (isListed && tool.asks === "oura") parts.state.noteOutcome(outcome, parts.now());
    const milliseconds = parts.now() - started;
    console.log(JSON.stringify({ event: "tool_call", tool: tool.name, milliseconds, outcome }));
  });
  if (hasBegun) caller.onCalled();
  return { result, outcome };
}

async function openContext(
  parts: Parts,
  { assistantId, links }: Caller,
  allowed: readonly ScopeName[],
): Promise<ToolContext> {
  const standing = await findStanding(parts);
  const connection = await parts.connection().state();
  const { state } = parts;
  return {
    now: parts.now(),
    reader: createOuraReader(parts.transport(), parts.cache, createCallBudget(parts.now, parts.share)),
    access: {
      oura: connection.kind === "not_connected" ? [] : connection.scopes,
      isProvenByReads: connection.kind !== "not_connected" && connection.areScopesProven,
      assistant: allowed,
      hasToken: assistantId !== null && (parts.assistants.find(assistantId)?.accessToken ?? null) !== null,
    },
    standing,
    clock: {
      get offsetMinutes() {
        return state.read().utcOffsetMinutes;
      },
      remember({ offsetMinutes, at }) {
        // The account may be deleted while the call runs. After the deletion, nothing may be stored.
        if (parts.account.exists()) state.rememberOffset(offsetMinutes, at);
      },
    },
    panelUrl: links.panel,
  };
}
