import { standingClock } from "../../sandbox/clock/start-clock.ts";
import { findPerson } from "../../sandbox/people/people.ts";
import type { ListedTool, McpSession } from "./mcp-session.ts";
import { describeSlot, type Question } from "./question.ts";
import { reasons } from "./reasons.ts";

/** The situation of an assistant: what it knows besides the question. */
export function describeServer({ instructions, tools }: Pick<McpSession, "instructions" | "tools">): string {
  return [
    "You are a person's assistant. An MCP server gives you tools that read data of the person's Oura Ring.",
    `# The server's instructions\n\n${instructions}`,
    `# Its tools\n\n${tools.map(describeTool).join("\n\n")}`,
  ].join("\n\n");
}

function describeTool({ name, description, inputSchema }: ListedTool): string {
  return `## ${name}\n\n${description}\n\nArguments: ${JSON.stringify(inputSchema)}`;
}

export const answerForm = [
  "Answer with one JSON object:",
  '{"answer": "what the person reads", "values": {…}, "no_value": null}',
  "- `answer`: a short answer in the language of the question, with the dates and days it rests on.",
  "- `values`: the figures that the question asks for, under the names and in the form given with it.",
  "- `no_value`: null if there are figures. If there are none, leave `values` empty and give one of these reasons:",
  ...Object.entries(reasons).map(([reason, words]) => `  - "${reason}": ${words}`),
].join("\n");

/** The question with what every assistant knows besides: the day on which it is asked, where the person lives. */
export function describeQuestion({ question, figures, person }: Omit<Question, "id">): string {
  const slots = Object.entries(figures).map(([name, slot]) => describeSlot(name, slot));
  return `Today is ${sayToday(person)}.\n\n${question}\n\nFigures: ${slots.join("; ")}`;
}

function sayToday(person: string): string {
  const timeZone = findPerson(person)?.zone ?? "UTC";
  return new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "full" }).format(standingClock().now());
}

/** How a model without tools of its own calls one: it writes the call, and is given the result. */
export const callForm = [
  "To call a tool, answer with one JSON object and nothing else:",
  '{"tool": "its name", "arguments": {…}}',
  "You are given the result and may call again. Call as few tools as you need.",
].join("\n");
