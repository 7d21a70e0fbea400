import type { CallToolResult } from "@modelcontextprotocol/server";
import { AppError, type Links } from "../errors.ts";
import { runTool } from "../mcp/run-tool.ts";
import { createCallBudget } from "../oura/budget.ts";
import { createOuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { logFailure } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import { findStanding } from "./find-standing.ts";
import type { Parts } from "./parts.ts";

/** Per minute and account, as bound in wrangler.toml; what is left of the window is not told, so the whole is named. */
const toolWindowSeconds = 60;

/** Who calls a tool. */
export interface Caller {
  links: Links;
  /** What the caller may read, whatever Oura grants; throws where the caller may nothing any more. */
  mayRead(): readonly ScopeName[];
  /** Noted in the activity list; null for the owner, who stands in none. */
  assistantId: string | null;
}

/** One tool call from its arguments to its result: limited, run, noted and logged, refused ones too. */
export async function callTool(parts: Parts, caller: Caller, tool: Tool, input: unknown): Promise<CallToolResult> {
  const { links, assistantId } = caller;
  const started = parts.now();
  const { result, outcome } = await runTool(tool, input, {
    links,
    async open() {
      const context = await openContext(parts, caller.mayRead(), links.panel);
      if (assistantId !== null) parts.activity.note({ at: parts.now(), assistantId, tool: tool.name });
      return context;
    },
    hold: parts.cache.getDerived,
  });
  try {
    if (outcome === "ok" && tool.asks === "oura") parts.state.noteRead(parts.now());
    const milliseconds = parts.now() - started;
    console.log(JSON.stringify({ event: "tool_call", tool: tool.name, milliseconds, outcome }));
  } catch (error) {
    logFailure(error); // the answer stands
  }
  return result;
}

async function openContext(parts: Parts, allowed: readonly ScopeName[], panelUrl: string): Promise<ToolContext> {
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
