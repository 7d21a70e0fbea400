import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { addDays, parseIsoDay } from "../analytics/day.ts";
import { scopeNames } from "../oura/scopes.ts";
import { sleepSessionsTool } from "../tools/sleep-sessions/sleep-sessions-tool.ts";
import { newestNight } from "../tools/sleep-sessions/sleep-table.ts";
import { formatDay } from "../words/present.ts";
import { tableShape } from "../words/table.ts";
import type { Parts } from "./parts.ts";
import type { Schedule } from "./schedule.ts";
import { type Caller, callTool, countRequests } from "./tool-call.ts";

/**
 * The preview looks for the newest night in this many days. The last of these days is the current day where the person
 * is.
 */
const searchedDays = 3;

/**
 * A tool call and its result, in the form in which an assistant's host passes them to the view (the page that draws the
 * picture).
 */
export interface Preview {
  tool: string;
  input: Readonly<Record<string, unknown>>;
  /** The tool result of the MCP protocol as JSON. It is passed to the view unchanged. */
  result: string;
  /** Why the preview shows an older night than last night, or no night at all. Null when it shows last night. */
  note: string | null;
  /**
   * The answer, for a browser that does not run JavaScript. If the call failed, `columns` is null and `summary` says
   * why.
   */
  answer: PreviewAnswer | { summary: string; columns: null };
}

const previewAnswer = z.object({ summary: z.string(), end_date: z.string(), ...tableShape });
type PreviewAnswer = z.output<typeof previewAnswer>;

/**
 * Shows the account's owner what an assistant would get: it runs the sleep tool for last night. In the morning, Oura
 * often has no data of last night yet. Then the preview shows the newest night of the last three days. The call may
 * read all data for which the person gave Ringbridge permission at Oura. The activity list does not show it, but it
 * counts towards the account's rate limit.
 */
export async function previewLastNight(parts: Parts, schedule: Schedule, origin: string): Promise<Preview> {
  const links = { home: origin, panel: `${origin}/panel` };
  const mayRead = () => scopeNames;
  const isWithinLimit = await countRequests(parts, 1);
  const onCalled = schedule.flushLater;
  const owner: Caller = { links, mayRead, onCalled, assistantId: null, draws: true, isWithinLimit };
  const last = await ask(parts, owner, {});
  if (last.answer.columns === null || newestNight(last.answer) !== null) return { ...last, note: null };

  const today = parseIsoDay(last.answer.end_date);
  if (today === null) throw new Error("the tool answers with the wearer's today");
  const before = await ask(parts, owner, { start_date: addDays(today, 1 - searchedDays), end_date: today });
  const day = before.answer.columns === null ? null : newestNight(before.answer);
  if (day === null) return { ...last, note: `There is no night of the last ${searchedDays} days at Ōura yet.` };
  const newest = await ask(parts, owner, { start_date: day, end_date: day });
  return { ...newest, note: `Last night is not at Ōura yet. This is the newest one, the night to ${formatDay(day)}.` };
}

async function ask(parts: Parts, owner: Caller, days: object): Promise<Omit<Preview, "note">> {
  const input = { ...days, include_time_series: true };
  const { result } = await callTool(parts, owner, sleepSessionsTool, input);
  return { tool: sleepSessionsTool.name, input, result: JSON.stringify(result), answer: readAnswer(result) };
}

function readAnswer({ structuredContent, content: [words] }: CallToolResult): Preview["answer"] {
  const answer = previewAnswer.safeParse(structuredContent);
  return answer.success ? answer.data : { summary: words?.type === "text" ? words.text : "", columns: null };
}
