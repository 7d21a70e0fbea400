import { AppError, type Links } from "../errors.ts";
import { runTool, type ToolAnswer } from "../mcp/run-tool.ts";
import { createCallBudget } from "../oura/budget.ts";
import { createOuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { logFailure } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import type { Parts } from "./parts.ts";
import { findStanding } from "./ring-connection.ts";

/**
 * The window of the limit in wrangler.toml. The binding does not report the time left, so answers name the whole
 * window.
 */
export const toolWindowSeconds = 60;

/** The caller of a tool. */
export interface Caller {
  links: Links;
  /** The scopes the caller may read, regardless of what Oura grants. Throws when its access is revoked. */
  mayRead(): readonly ScopeName[];
  /** Called when a call that had begun to read is over: what it left in memory is to be written. */
  onCalled(): void;
  /** Shown in the activity list; null for the owner, who is not listed there. */
  assistantId: string | null;
  /** Whether its host draws views. */
  draws: boolean;
  /** Whether the account is within its limit of requests; {@link countRequests} says it. */
  isWithinLimit: boolean;
}

/**
 * Counts requests towards the account's limit, whatever they ask for: a listing costs as much as a call, and so does a
 * call with invalid arguments. Returns whether the account is within its limit.
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
 * One tool call from arguments to result: applies the limit, runs the tool, records and logs it. Failed calls are
 * logged too.
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
  try {
    if (isListed && assistantId !== null) parts.activity.note({ at: started, assistantId, tool: tool.name, outcome });
    if (isListed && tool.asks === "oura") parts.state.noteOutcome(outcome, parts.now());
    const milliseconds = parts.now() - started;
    console.log(JSON.stringify({ event: "tool_call", tool: tool.name, milliseconds, outcome }));
  } catch (error) {
    logFailure(error); // the answer is returned all the same
  }
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
        // The account may be deleted while the call runs; nothing is stored then.
        if (parts.account.exists()) state.rememberOffset(offsetMinutes, at);
      },
    },
    panelUrl: links.panel,
  };
}
