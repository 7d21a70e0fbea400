import type { McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { quoteGiven } from "../question/parse-input.ts";

type Transport = Parameters<McpServer["connect"]>[0];
type Message = Parameters<Transport["send"]>[0];

/**
 * The message of a protocol error has at most this many characters. The SDK's message may repeat parts of the request,
 * which can be 100 kB long.
 */
const longestMessage = 500;
/** Matches the SDK's messages that repeat a name from the request unchanged. */
const unknownName = /^(Tool |Prompt |Resource URI |Resource not found: )([\s\S]*?)( not found| is invalid|)$/;
const invalidParams = -32_602;

/**
 * Makes a server report protocol errors in plain sentences. The SDK's own messages contain the output of its validator,
 * and repeat names of any length from the request. This function quotes such names and cuts long ones.
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
    // The protocol wants the error's field `data` to repeat the unknown name. If the name is too long, `data` is left
    // out.
    const rest = name.length > longestMessage ? { code: error.code } : error;
    return { ...message, error: { ...rest, message: `${before}${quoteGiven(name)}${after}` } };
  }
  if (error.message.length <= longestMessage) return message;
  const start = error.message.slice(0, longestMessage).toWellFormed();
  // The error's field `data` is left out, because it would repeat the whole name from the request, which may be very
  // long.
  return { ...message, error: { code: error.code, message: `${start}…` } };
}

/** An error message names a wrong field by its path in the request, and shows at most this many levels of the path. */
const deepestPath = 6;

const issues = z
  .array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), expected: z.string().optional() }))
  .min(1);

/**
 * Finds the validator's output in an error message and puts it into words: "params.name must be a string". Null for a
 * message without such output.
 */
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

/**
 * The path to a wrong field in the request. Short names of plain letters stay as they are. Other names are quoted, and
 * long ones are cut.
 */
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
