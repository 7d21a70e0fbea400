import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { quoteGiven } from "../question/parse-input.ts";

type Transport = Parameters<McpServer["connect"]>[0];
type Message = Parameters<Transport["send"]>[0];

/** The longest message of a protocol error. The SDK may repeat parts of the request, which may be 100 kB long. */
const longestMessage = 500;
/** The SDK's messages with a name from the request, which it repeats as it came. */
const unknownName = /^(Tool |Prompt |Resource URI |Resource not found: )([\s\S]*?)( not found| is invalid|)$/;
const invalidParams = -32_602;

/**
 * Makes a server say protocol errors in a sentence. The SDK sends the output of its validator, and repeats names of any
 * length. A name is quoted and cut here, as one in a tool's arguments is.
 */
export function sayErrorsPlainly({ server }: McpServer): void {
  const connect = server.connect.bind(server);
  server.connect = (transport: Transport) => {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => send(inPlainWords(message), options);
    return connect(transport);
  };
}

function inPlainWords(message: Message): Message {
  if (!("error" in message)) return message;
  const { error } = message;
  const problems = findProblems(error.message);
  if (problems !== null) {
    return { ...message, error: { code: invalidParams, message: `The request is not valid: ${problems}.` } };
  }
  const [, before, name = "", after = ""] = unknownName.exec(error.message) ?? [];
  if (before !== undefined) {
    // Its `data` repeats the name, which the protocol asks for. A name of any length is not repeated.
    const rest = name.length > longestMessage ? { code: error.code } : error;
    return { ...message, error: { ...rest, message: `${before}${quoteGiven(name)}${after}` } };
  }
  if (error.message.length <= longestMessage) return message;
  const start = error.message.slice(0, longestMessage).toWellFormed();
  return { ...message, error: { code: error.code, message: `${start}…` } }; // without `data`, which repeats the same
}

/** A message names no more levels of a request. */
const deepestPath = 6;

const issues = z
  .array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), expected: z.string().optional() }))
  .min(1);

/** The problems in a validator's output: "params.name must be a string". Null for any other message. */
function findProblems(text: string): string | null {
  const start = text.indexOf("[");
  if (start === -1) return null;
  try {
    const found = issues.safeParse(JSON.parse(text.slice(start)));
    if (!found.success) return null;
    const sentences = found.data
      .slice(0, 3)
      .map(({ path, expected }) => `${sayPath(path)} must be ${sayExpected(expected)}`);
    return sentences.join(", ");
  } catch {
    return null;
  }
}

/** Where in the request: names of the protocol as they are, any other name quoted and cut. */
function sayPath(path: readonly (string | number)[]): string {
  return path
    .slice(0, deepestPath)
    .map((part) => (typeof part === "number" || /^\w{1,40}$/.test(part) ? part : quoteGiven(part)))
    .join(".");
}

function sayExpected(expected: string | undefined): string {
  switch (expected) {
    case "string":
    case "number":
    case "boolean":
      return `a ${expected}`;
    case "array":
      return "a list";
    case "object":
    case "record":
      return "an object";
    default:
      return "of another form";
  }
}
