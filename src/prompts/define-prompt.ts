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
interface Definition<Name extends string, Args extends z.ZodObject> {
  name: Name;
  title: string;
  /** What a person gets, in the words of a menu. */
  description: string;
  /** All arguments are text in the protocol. */
  args: Args;
  /** What a client may offer while an argument is typed; nothing of the person's own data. */
  suggestions: { readonly [Argument in keyof z.output<Args>]?: readonly string[] };
  /** @param today for ranges that are long enough not to mind being a day off in the wearer's own zone */
  calls(args: z.output<Args>, today: IsoDay): PlannedCall[];
  /** What to do with the answers. */
  task(args: z.output<Args>): string;
}

/** A prompt as everything outside sees it. */
export interface Prompt<Name extends string = string> {
  name: Name;
  title: string;
  description: string;
  args: z.ZodObject;
  suggestions: Readonly<Record<string, readonly string[] | undefined>>;
  /** The message an assistant gets: the task, then each call on a line of its own. */
  write(args: unknown, today: IsoDay): string;
}

/** Makes a prompt. Its own arguments stay inside: outside, all prompts are alike. */
export function definePrompt<const Name extends string, Args extends z.ZodObject>(
  definition: Definition<Name, Args>,
): Prompt<Name> {
  const { calls, task, ...face } = definition;
  return {
    ...face,
    write(given, today) {
      const args = face.args.parse(given);
      return [
        task(args),
        "",
        "Call these Ōura tools first:",
        ...calls(args, today).map(({ tool, input }) => `- ${tool} ${JSON.stringify(input)}`),
        "",
        "Answer in my language, short and plain, with dates and how many days each number rests on. Say what is missing and why " +
          "instead of guessing. No diagnosis and no medical advice.",
      ].join("\n");
    },
  };
}
