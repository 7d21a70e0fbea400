import type { CallToolResult } from "@modelcontextprotocol/server";
import * as z from "zod";
import { addDays, type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { scopeNames } from "../oura/scopes.ts";
import { sleepSessionsTool } from "../tools/sleep-sessions/sleep-sessions-tool.ts";
import { formatDay } from "../words/present.ts";
import type { Parts } from "./parts.ts";
import { type Caller, callTool, countRequests } from "./tool-call.ts";

/** How many days are searched for a night, the wearer's today included. */
const searchedDays = 3;

/** A tool call and its result, in the form an assistant's host passes to the view. */
export interface Preview {
  tool: string;
  input: Readonly<Record<string, unknown>>;
  /** The protocol's tool result as JSON, passed to the view as it is. */
  result: string;
  /** Why another night than the last one is shown, or why none is; null where the last one is shown. */
  note: string | null;
  /** The same answer for a page without script. Where the call failed, `columns` is null and `summary` says why. */
  answer: PreviewAnswer | { summary: string; columns: null };
}

const previewAnswer = z.object({
  summary: z.string(),
  end_date: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
type PreviewAnswer = z.output<typeof previewAnswer>;

/**
 * Runs the tool for the owner as for an assistant: last night, or the newest night of the last days where last night is
 * not at Oura yet, as it is for hours every morning. It may read everything Oura grants, does not appear in the activity
 * list, and counts against the same limit of calls.
 */
export async function previewLastNight(parts: Parts, origin: string, onCalled: () => void): Promise<Preview> {
  const links = { home: origin, panel: `${origin}/panel` };
  const mayRead = () => scopeNames;
  const isWithinLimit = await countRequests(parts, 1);
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

/** The day of the newest night with values, or null. */
function newestNight({ columns, rows }: PreviewAnswer): IsoDay | null {
  const [day, kind, asleep] = ["day", "kind", "asleep_min"].map((name) => columns.indexOf(name));
  const nights = rows.filter((row) => row[kind ?? -1] === "night" && row[asleep ?? -1] !== null);
  return parseIsoDay(String(nights.at(-1)?.[day ?? -1] ?? ""));
}
