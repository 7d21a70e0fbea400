import { completable, type McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { dayAtOffset } from "../analytics/day.ts";
import { describeFailure, type Links } from "../errors.ts";
import { logFailure } from "../outcome.ts";
import type { Prompt } from "../prompts/define-prompt.ts";
import { prompts } from "../prompts/prompts.ts";
import { resources } from "../resources/resources.ts";

/**
 * Clients and proxies may cache prompts, reference texts and lists for an hour. These are the same for all users and
 * change only with a release.
 */
const anHour = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** How long clients may cache the answer to each of the protocol's list requests. */
export const cacheHints = {
  "tools/list": anHour,
  "prompts/list": anHour,
  "resources/list": anHour,
  "resources/templates/list": anHour,
} as const;

/** Registers the prompts and the reference texts. They contain no personal data. */
export function registerPromptsAndResources(server: McpServer, links: Links, now: () => number): void {
  for (const { prompt, argsSchema } of published) registerPrompt(server, prompt, argsSchema, { links, now });
  for (const { name, uri, title, description, text } of resources)
    server.registerResource(name, uri, { title, description, mimeType, cacheHint: anHour }, () =>
      withoutDetails(links, () => ({ contents: [{ uri, mimeType, text: text() }] })),
    );
}

/**
 * Returns the result of `work`. The SDK sends the message of a thrown error to the client, and this message may contain
 * anything. If `work` throws, the error is therefore logged, and the client gets a sentence with a reference to the log.
 */
function withoutDetails<T>(links: Links, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(describeFailure(logFailure(error), links));
  }
}

const mimeType = "text/markdown";

/**
 * The prompts with the argument schemas that clients see. They are built only once, because the SDK's function
 * `completable` modifies the schema that it gets, and must not modify a schema twice.
 */
const published = prompts.map((prompt) => ({ prompt, argsSchema: withSuggestions(prompt) }));

function registerPrompt(
  server: McpServer,
  prompt: Prompt,
  argsSchema: z.ZodObject,
  { links, now }: { links: Links; now: () => number },
): void {
  const { name, title, description } = prompt;
  const answer = (args: Record<string, unknown>) =>
    withoutDetails(links, () => {
      const text = prompt.write(args, dayAtOffset(now(), 0));
      return { messages: [{ role: "user" as const, content: { type: "text" as const, text } }] };
    });
  if (Object.keys(argsSchema.shape).length === 0) server.registerPrompt(name, { title, description }, () => answer({}));
  else server.registerPrompt(name, { title, description, argsSchema }, answer);
}

/**
 * The schema of a prompt's arguments. If the prompt has suggestions for an argument, the schema offers them to clients
 * as completions.
 */
function withSuggestions({ args, suggestions }: Prompt): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(args.shape).map(([name, schema]) => {
        const offered = suggestions[name];
        return [name, offered ? withCompletion(schema, offered) : schema];
      }),
    ),
  );
}

/**
 * Adds completions to the schema of one argument. If an argument is optional, the SDK expects the completions in the
 * schema that the optional schema wraps. The casts are safe because all arguments of prompts are text.
 */
function withCompletion(schema: unknown, offered: readonly string[]): z.ZodType {
  const complete = (typed: string) => offered.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  if (schema instanceof z.ZodOptional) return completable(schema.unwrap() as z.ZodString, complete).optional();
  return completable(schema as z.ZodString, complete);
}
