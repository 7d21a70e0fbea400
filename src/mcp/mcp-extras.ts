import { completable, type McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { dayAtOffset } from "../analytics/day.ts";
import type { Prompt } from "../prompts/define-prompt.ts";
import { prompts } from "../prompts/prompts.ts";
import { resources } from "../resources/resources.ts";

/** Texts and lists are the same for everybody and change only with a release. */
const anHour = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** How long clients may keep what is the same for everybody. */
export const cacheHints = {
  "tools/list": anHour,
  "prompts/list": anHour,
  "resources/list": anHour,
  "resources/templates/list": anHour,
} as const;

/** Ready-made questions and the texts behind the answers. Neither reads anything of the person. */
export function registerPromptsAndResources(server: McpServer, now: () => number): void {
  for (const { prompt, argsSchema } of published) registerPrompt(server, prompt, argsSchema, now);
  for (const { name, uri, title, description, text } of resources)
    server.registerResource(name, uri, { title, description, mimeType, cacheHint: anHour }, () => ({
      contents: [{ uri, mimeType, text: text() }],
    }));
}

const mimeType = "text/markdown";

/** Arguments as clients see them, made once: marking one for completion changes the schema itself. */
const published = prompts.map((prompt) => ({ prompt, argsSchema: withSuggestions(prompt) }));

function registerPrompt(server: McpServer, prompt: Prompt, argsSchema: z.ZodObject, now: () => number): void {
  const { name, title, description } = prompt;
  const answer = (args: Record<string, unknown>) => {
    const text = prompt.write(args, dayAtOffset(now(), 0));
    return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
  };
  if (Object.keys(argsSchema.shape).length === 0) server.registerPrompt(name, { title, description }, () => answer({}));
  else server.registerPrompt(name, { title, description, argsSchema }, answer);
}

/** The arguments with what may be offered while they are typed. */
function withSuggestions({ args, suggestions }: Prompt): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(args.shape).map(([name, schema]) => {
        const offered = suggestions[name];
        return [name, offered ? offer(schema, offered) : schema];
      }),
    ),
  );
}

/** Completion is looked for inside an optional argument. Arguments of prompts are text, whatever the shape's type says. */
function offer(schema: unknown, offered: readonly string[]): z.ZodType {
  const begins = (typed: string) => offered.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  if (schema instanceof z.ZodOptional) return completable(schema.unwrap() as z.ZodString, begins).optional();
  return completable(schema as z.ZodString, begins);
}
