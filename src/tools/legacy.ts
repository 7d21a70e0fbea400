import type * as z from "zod";
import type { ScopeName } from "../oura/scopes.ts";
import { createGaps, type MissingEntry } from "../question/gaps.ts";
import { parseInput } from "../question/range-input.ts";
import type { OuraTool, ToolContext } from "../question/tool.ts";

export type { ToolContext } from "../question/tool.ts";

/** A tool that still does by itself what the frame does for others. */
export function defineTool<const Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(tool: {
  name: Name;
  title: string;
  description: string;
  input: Input;
  output: Output;
  scopes: readonly ScopeName[];
  hasPicture?: true;
  run(
    input: z.output<Input>,
    context: ToolContext,
  ): Promise<z.output<Output> & { summary: string; missing: MissingEntry[] }>;
}): OuraTool<Name> {
  const { run, ...face } = tool;
  return {
    ...face,
    asks: "oura",
    ask(given) {
      const input = parseInput(face.input, given);
      return {
        input,
        async answer(context) {
          const answer = await run(input, context);
          const sync = { today: "" as never, newestRecord: null, maySync: false, isCertain: false };
          const gaps = createGaps(answer.missing, { names: new Set(), entries: [] }, sync);
          return { ...answer, missing: gaps.finish(context.reader.oddRecords()) };
        },
      };
    },
  };
}
