import { completable, type McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { dayAtOffset } from "../analytics/day.ts";
import type { Prompt } from "../prompts/define-prompt.ts";
import { prompts } from "../prompts/prompts.ts";
import { resources } from "../resources/resources.ts";
import { withoutValidation } from "./publish-schema.ts";

/**
 * Clients and proxies may cache prompts, reference texts and lists for an hour. These are the same for all users and
 * change only with a release.
 */
const anHour = { ttlMs: 3_600_000, cacheScope: "public" } as const;

export const cacheHints = {
  "tools/list": anHour,
  "prompts/list": anHour,
  "resources/list": anHour,
  "resources/templates/list": anHour,
} as const;

export function registerPromptsAndResources(server: McpServer, now: () => number): void {
  for (const { prompt, shape } of published) registerPrompt(server, prompt, shape, now);
  for (const { name, uri, title, description, text } of resources)
    server.registerResource(name, uri, { title, description, mimeType, cacheHint: anHour }, () => ({
      contents: [{ uri, mimeType, text: text() }],
    }));
}

const mimeType = "text/markdown";

/**
 * The argument schemas are built only once, not once for each server. The SDK's function `completable` modifies the
 * schema that it gets, and it must not be called twice with the same schema.
 */
const published = prompts.map((prompt) => ({ prompt, shape: withSuggestions(prompt) }));

function registerPrompt(
  server: McpServer,
  prompt: Prompt,
  shape: Readonly<Record<string, z.ZodType>>,
  now: () => number,
): void {
  const { name, title, description, args } = prompt;
  const answer = (given: unknown) => {
    const text = prompt.write(given, dayAtOffset(now(), 0));
    return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
  };
  if (Object.keys(shape).length === 0) server.registerPrompt(name, { title, description }, () => answer({}));
  else {
    // The SDK looks for completions in the field `shape`.
    const argsSchema = { ...withoutValidation(z.toJSONSchema(args, { io: "input" })), shape };
    server.registerPrompt(name, { title, description, argsSchema }, answer);
  }
}

function withSuggestions({ args, suggestions }: Prompt): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(
    Object.entries(args.shape).map(([name, schema]) => {
      const offered = suggestions[name];
      return [name, offered ? withCompletion(schema, offered) : schema];
    }),
  );
}

/**
 * Adds completions to the schema of an argument. The schema of an optional argument wraps another schema, and the SDK
 * expects the completions in the wrapped schema. The casts are safe because all arguments of prompts are text.
 */
function withCompletion(schema: unknown, offered: readonly string[]): z.ZodType {
  const complete = (typed: string) => offered.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  if (schema instanceof z.ZodOptional) return completable(schema.unwrap() as z.ZodString, complete).optional();
  return completable(schema as z.ZodString, complete);
}
