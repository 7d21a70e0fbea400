import type * as z from "zod";
import type { IsoDay } from "../analytics/day.ts";
import type { tools } from "../tools/index.ts";

export type ToolName = (typeof tools)[number]["name"];

/** A tool call an assistant is asked to make first. */
export interface PlannedCall {
  tool: ToolName;
  input: Record<string, unknown>;
}

/** A ready-made question: which tools answer it, and how the answer should read. A value, as tools are. */
export interface Prompt<Args extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  /** What a person gets, in the words of a menu. */
  description: string;
  /** All arguments are text in the protocol. */
  args: Args;
  /** What a client may offer while an argument is typed; nothing of the person's own data. */
  suggestions: { readonly [Name in keyof z.output<Args>]?: readonly string[] };
  /** @param today for ranges that are long enough not to mind being a day off in the wearer's own zone */
  calls(args: z.output<Args>, today: IsoDay): PlannedCall[];
  /** What to do with the answers. */
  task(args: z.output<Args>): string;
}

/** Keeps a prompt's own arguments while the list of prompts sees the common shape. */
export function definePrompt<Args extends z.ZodObject>(prompt: Prompt<Args>): Prompt<Args> {
  return prompt;
}

/** The message an assistant gets: the task, then each call on a line of its own. */
export function writePrompt<Args extends z.ZodObject>(
  prompt: Prompt<Args>,
  args: z.output<Args>,
  today: IsoDay,
): string {
  const calls = prompt.calls(args, today).map(({ tool, input }) => `- ${tool} ${JSON.stringify(input)}`);
  return [
    prompt.task(args),
    "",
    "Call these Ōura tools first:",
    ...calls,
    "",
    "Answer in my language, short and plain, with dates and how many days each number rests on. Say what is missing and why " +
      "instead of guessing. No diagnosis and no medical advice.",
  ].join("\n");
}
