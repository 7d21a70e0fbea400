import * as z from "zod";
import { scopeNames } from "../oura/scopes.ts";
import { sleepSessionsTool } from "../tools/sleep-sessions/sleep-sessions-tool.ts";
import type { Parts } from "./parts.ts";
import { callTool, countRequests } from "./tool-call.ts";

const input = { include_time_series: true };

/** A tool call and its result, in the form an assistant's host passes to the view. */
export interface Preview {
  tool: string;
  input: typeof input;
  /** The protocol's tool result as JSON, passed to the view as it is. */
  result: string;
  /** The same answer for a page without script. Where the call failed, `columns` is null and `summary` says why. */
  answer: PreviewAnswer | { summary: string; columns: null };
}

const previewAnswer = z.object({
  summary: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
type PreviewAnswer = z.output<typeof previewAnswer>;

/**
 * Runs the tool for the owner as for an assistant. It may read everything Oura grants, does not appear in the activity
 * list, and counts against the same limit of calls.
 */
export async function previewLastNight(parts: Parts, origin: string, onCall: () => void): Promise<Preview> {
  const links = { home: origin, panel: `${origin}/panel` };
  const mayRead = () => {
    onCall();
    return scopeNames;
  };
  const isWithinLimit = await countRequests(parts, 1);
  const owner = { links, mayRead, assistantId: null, draws: true, isWithinLimit };
  const result = await callTool(parts, owner, sleepSessionsTool, input);
  const answer = previewAnswer.safeParse(result.structuredContent);
  const [words] = result.content;
  return {
    tool: sleepSessionsTool.name,
    input,
    result: JSON.stringify(result),
    answer: answer.success ? answer.data : { summary: words?.type === "text" ? words.text : "", columns: null },
  };
}
