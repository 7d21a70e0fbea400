import type { CallToolResult } from "@modelcontextprotocol/server";
import { standingFailure } from "../connection/standing.ts";
import { AppError, describeFailure, type Failure, type Links } from "../errors.ts";
import { logFailure } from "../outcome.ts";
import type { Tool, ToolContext } from "../question/tool.ts";
import type { Picture } from "../words/pictures.ts";
import { pictureKey } from "./view-resource.ts";

/** What a tool runs in. Whatever throws here becomes an answer in words. */
export interface ToolRun {
  links: Links;
  /** Opens the context once the arguments are found to be fine. */
  open(): Promise<ToolContext>;
  /** What `make` makes, or made a moment ago of the same answers of Oura: `key` names all that it depends on beside them. */
  hold<T>(key: string, make: () => Promise<T>): Promise<T>;
}

/** The one place where tools are run and what they throw is caught. What goes out is the tool's object or a failure's words. */
export async function runTool(
  tool: Tool,
  input: unknown,
  { links, open, hold }: ToolRun,
): Promise<{ result: CallToolResult; outcome: "ok" | Failure["kind"] }> {
  try {
    const asked = tool.ask(input);
    const context = await open();
    const failure = tool.asks === "account" ? null : standingFailure(context.standing);
    if (failure) throw new AppError(failure);
    const result = await hold(nameAnswer(tool, asked.input, context), () => answer(tool, asked, context));
    return { result, outcome: "ok" };
  } catch (error) {
    const failure = logFailure(error);
    return { result: describeInResult(failure, links), outcome: failure.kind };
  }
}

/** A result, whatever is thrown on the way to it: the library would send an error's own message out. */
export async function inWords(links: Links, work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    return describeInResult(logFailure(error), links);
  }
}

function describeInResult(failure: Failure, links: Links): CallToolResult {
  return { isError: true, content: [{ type: "text", text: describeFailure(failure, links) }] };
}

async function answer(tool: Tool, asked: ReturnType<Tool["ask"]>, context: ToolContext): Promise<CallToolResult> {
  let picture: Picture | null = null;
  const drawing: ToolContext = { ...context, draw: (drawn) => (picture = drawn) };
  const structuredContent = tool.output.parse(await asked.answer(tool.hasPicture ? drawing : context));
  const content = [{ type: "text" as const, text: JSON.stringify(structuredContent) }];
  return { structuredContent, content, ...(picture === null ? {} : { _meta: { [pictureKey]: picture } }) };
}

/** All that an answer depends on beside what Oura said. Every day anywhere begins on a quarter of an hour. */
function nameAnswer(tool: Tool, input: Readonly<Record<string, unknown>>, context: ToolContext): string {
  const { access, standing, clock, panelUrl, now } = context;
  const quarter = Math.floor(now / 900_000);
  return JSON.stringify([tool.name, input, access, standing, clock.offsetMinutes, panelUrl, quarter]);
}
