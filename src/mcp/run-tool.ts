import type { CallToolResult } from "@modelcontextprotocol/server";
import { standingFailure } from "../connection/standing.ts";
import { AppError, describeFailure, type Failure, type Links } from "../errors.ts";
import { logFailure } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import type { Picture } from "../words/pictures.ts";
import { pictureKey } from "./view-resource.ts";

/**
 * What {@link runTool} needs besides the tool and its input. If a function throws, the tool call is answered with a
 * failure.
 */
export interface ToolRun {
  links: Links;
  /**
   * Opens the account's permissions and a reader for Oura's data. Called only after the arguments have been found
   * valid.
   */
  open(): Promise<ToolContext>;
  /**
   * Returns the result of `make`, or a cached result with the same key. A result is computed from Oura's responses, and
   * it is cached for as long as these responses. The key must contain everything else on which the result depends.
   */
  cached<T>(key: string, make: () => Promise<T>): Promise<T>;
  /**
   * Whether the host draws views (MCP Apps pages with pictures). If it does not, the answer must not contain a
   * picture's data, because the host could pass this data to its model.
   */
  draws: boolean;
}

export interface ToolAnswer {
  result: CallToolResult;
  outcome: "ok" | Failure["kind"];
}

export function runTool(tool: Tool, input: unknown, { links, open, cached, draws }: ToolRun): Promise<ToolAnswer> {
  return answerFailures(links, async () => {
    const asked = tool.ask(input);
    const context = await open();
    const failure = tool.asks === "account" ? null : standingFailure(context.standing);
    if (failure) throw new AppError(failure);
    const result = await cached(answerKey(tool, asked, context), () => answer(tool, asked, context));
    return { result: draws ? result : withoutPicture(result), outcome: "ok" };
  });
}

/**
 * Returns the result of `work`, or an answer that describes the failure. Without this function, the SDK would send the
 * message of a thrown error to the client.
 */
export async function answerFailures(links: Links, work: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
  try {
    return await work();
  } catch (error) {
    const failure = logFailure(error);
    const content = [{ type: "text" as const, text: describeFailure(failure, links) }];
    return { result: { isError: true, content }, outcome: failure.kind };
  }
}

async function answer(tool: Tool, asked: ReturnType<Tool["ask"]>, context: ToolContext): Promise<CallToolResult> {
  let picture: Picture | null = null;
  const drawing: ToolContext = { ...context, draw: (drawn) => (picture = drawn) };
  const structuredContent = tool.output.parse(await asked.answer(tool.hasPicture ? drawing : context));
  const content = [{ type: "text" as const, text: JSON.stringify(structuredContent) }];
  return { structuredContent, content, ...(picture === null ? {} : { _meta: { [pictureKey]: picture } }) };
}

function withoutPicture({ _meta, ...result }: CallToolResult): CallToolResult {
  return result;
}

/**
 * The key under which an answer is cached. It contains everything on which the answer depends, except Oura's data. The
 * time in it is rounded down to a quarter of an hour. This is exact enough to tell which day is today, because in every
 * time zone a new day begins at a full quarter of an hour.
 */
function answerKey(tool: Tool, { input, readAs }: ReturnType<Tool["ask"]>, context: ToolContext): string {
  const { access, standing, clock, panelUrl, now } = context;
  const quarter = Math.floor(now / 900_000);
  return JSON.stringify([tool.name, input, readAs, access, standing, clock.offsetMinutes, panelUrl, quarter]);
}
