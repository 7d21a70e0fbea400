import { z } from "zod";
import { type Answer, answerSchema } from "./answer.ts";
import { bytesOf, type LoggedCall } from "./call-log.ts";
import type { McpSession } from "./mcp-session.ts";
import type { AskModel } from "./model-command.ts";
import type { Question } from "./question.ts";
import { answerForm, callForm, describeQuestion, describeServer } from "./words-for-models.ts";

export interface Answered {
  /** Null when the model gave no answer. `problem` then says why. */
  answer: Answer | null;
  problem: string | null;
  calls: readonly LoggedCall[];
}

const mostTurns = 12;
const toolCall = z.object({ tool: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) });

export async function answerQuestion(question: Question, session: McpSession, ask: AskModel): Promise<Answered> {
  const calls: LoggedCall[] = [];
  const dialogue = [describeServer(session), callForm, answerForm, `# The question\n\n${describeQuestion(question)}`];
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const reply = await ask(`${dialogue.join("\n\n")}\n`);
    if (reply.kind === "failed") return { answer: null, problem: reply.reason, calls };
    const read = readReply(reply.text);
    if (read.kind === "answer") return { answer: read.answer, problem: null, calls };
    if (read.kind === "unclear") {
      dialogue.push(`# Your reply\n\n${reply.text.trim()}`, "That is neither a call nor an answer in the form above.");
      continue;
    }
    const result = await session.call(read.tool, read.input);
    calls.push({
      question: question.id,
      tool: read.tool,
      input: read.input,
      bytes: bytesOf(result.text),
      isError: result.isError,
    });
    const written = JSON.stringify({ tool: read.tool, arguments: read.input });
    dialogue.push(`# Your call\n\n${written}`, `# Its result\n\n${result.text}`);
  }
  return { answer: null, problem: `no answer in ${mostTurns} turns`, calls };
}

type Read =
  | { kind: "answer"; answer: Answer }
  | { kind: "call"; tool: string; input: Record<string, unknown> }
  | { kind: "unclear" };

/**
 * Returns the last JSON object in a reply that is a call or an answer, because models often write text before and after
 * it.
 */
export function readReply(text: string): Read {
  for (const found of objectsIn(text).toReversed()) {
    const call = toolCall.safeParse(found);
    if (call.success) return { kind: "call", tool: call.data.tool, input: call.data.arguments };
    const answer = answerSchema.safeParse(found);
    if (answer.success && (answer.data.values || answer.data.no_value)) return { kind: "answer", answer: answer.data };
  }
  return { kind: "unclear" };
}

/** Every JSON object in a text that is not part of another one. */
function objectsIn(text: string): unknown[] {
  const objects: unknown[] = [];
  for (let start = text.indexOf("{"); start !== -1; start = text.indexOf("{", start)) {
    const end = endOfObject(text, start);
    const parsed = end === null ? undefined : parse(text.slice(start, end));
    if (parsed === undefined) start += 1;
    else {
      objects.push(parsed);
      start = end ?? start + 1;
    }
  }
  return objects;
}

/** Returns where the JSON object that begins at `start` ends. Braces in strings do not count. */
function endOfObject(text: string, start: number): number | null {
  let [depth, inString] = [0, false];
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === "\\") at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && character === "{") depth += 1;
    else if (!inString && character === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
