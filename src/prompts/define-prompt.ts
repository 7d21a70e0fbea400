import type * as z from "zod";
import type { IsoDay } from "../analytics/day.ts";
import { parseInput } from "../question/parse-input.ts";
import type { tools } from "../tools/index.ts";

export type ToolName = (typeof tools)[number]["name"];

/** A tool call that the prompt asks the assistant to make first. */
export interface PlannedCall {
  tool: ToolName;
  input: Record<string, unknown>;
}

interface Definition<Name extends string, Args extends z.ZodObject> {
  name: Name;
  title: string;
  /** Clients show this text in a menu. */
  description: string;
  /** The protocol passes all arguments as text. */
  args: Args;
  /** Completions for each argument. They never contain personal data. */
  suggestions: { readonly [Argument in keyof z.output<Args>]?: readonly string[] };
  /**
   * @param today The day in UTC. The wearer's own day can be one day earlier or later, and the calls must be right in
   *   each of these cases.
   */
  calls(args: z.output<Args>, today: IsoDay): PlannedCall[];
  task(args: z.output<Args>): string;
}

/** The type does not depend on the prompt's arguments, so that all prompts have one type. */
export interface Prompt<Name extends string = string> {
  name: Name;
  title: string;
  description: string;
  args: z.ZodObject;
  suggestions: Readonly<Record<string, readonly string[] | undefined>>;
  /**
   * Returns the message for the assistant: the task, then one line for each tool call that the assistant should make.
   */
  write(args: unknown, today: IsoDay): string;
}

/**
 * The prompt's method `write` parses the arguments itself, so code that uses a prompt need not know the types of its
 * arguments.
 */
export function definePrompt<const Name extends string, Args extends z.ZodObject>(
  definition: Definition<Name, Args>,
): Prompt<Name> {
  const { calls, task, ...published } = definition;
  return {
    ...published,
    write(given, today) {
      const { input: args } = parseInput(definition.args, given);
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
