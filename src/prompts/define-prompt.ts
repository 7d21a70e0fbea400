import type * as z from "zod";
import type { IsoDay } from "../analytics/day.ts";
import type { tools } from "../tools/index.ts";

export type ToolName = (typeof tools)[number]["name"];

/** A tool call that the prompt asks the assistant to make first. */
export interface PlannedCall {
  tool: ToolName;
  input: Record<string, unknown>;
}

/** A prompt: the tool calls that answer it, and how the answer should read. Defined as a value, like a tool. */
interface Definition<Name extends string, Args extends z.ZodObject> {
  name: Name;
  title: string;
  /** What the answer will say, as shown in a client's menu. */
  description: string;
  /** In the protocol all arguments are text. */
  args: Args;
  /** Completions for each argument; never personal data. */
  suggestions: { readonly [Argument in keyof z.output<Args>]?: readonly string[] };
  /** @param today the day in UTC, for long ranges only: in the wearer's zone it may be a day off */
  calls(args: z.output<Args>, today: IsoDay): PlannedCall[];
  /** What the assistant should do with the answers. */
  task(args: z.output<Args>): string;
}

/** A prompt without the types of its own arguments, so that all prompts have one type. */
export interface Prompt<Name extends string = string> {
  name: Name;
  title: string;
  description: string;
  args: z.ZodObject;
  suggestions: Readonly<Record<string, readonly string[] | undefined>>;
  /** The message for the assistant: the task, then one line for each call. */
  write(args: unknown, today: IsoDay): string;
}

/** Creates a prompt. `write` parses the arguments, so their types stay inside the definition. */
export function definePrompt<const Name extends string, Args extends z.ZodObject>(
  definition: Definition<Name, Args>,
): Prompt<Name> {
  const { calls, task, ...published } = definition;
  return {
    ...published,
    write(given, today) {
      const args = published.args.parse(given);
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
