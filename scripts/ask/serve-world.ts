import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "./mcp-session.ts";
import type { GradedQuestion } from "./question.ts";
import { answerForm, describeQuestion, describeServer } from "./words-for-models.ts";
import { announceWorld, directory, everybody, startWorld, withdrawWorld } from "./world.ts";

/** Runs the world for people and agents that call tools themselves, until Ctrl+C. */
export async function serveWorld(questions: readonly GradedQuestion[]): Promise<void> {
  const world = await startWorld(everybody);
  announceWorld(world);
  const session = await openSession(world, everybody[0] ?? "");
  await session.close();
  mkdirSync(directory, { recursive: true });
  const briefPath = join(directory, "brief.md");
  writeFileSync(briefPath, [describeServer(session), howToCall, answers(questions)].join("\n\n"));
  console.log(`The world runs. Give ${briefPath} to whoever answers. Ctrl+C stops.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  withdrawWorld();
  await world.stop();
}

const howToCall = [
  "# How to call a tool",
  "Each question is asked by one person, whose ring the call reads:",
  "```sh\nnode scripts/ask/call.ts QUESTION TOOL 'ARGUMENTS AS JSON' --run NAME\n```",
  "For example `node scripts/ask/call.ts q01 oura_get_device '{}' --run NAME`. It prints what the tool answers. Calls " +
    "and the bytes of their results are counted for each question, so call as few tools as you need. Read nothing " +
    "else of this repository: an assistant has only the tools.",
].join("\n\n");

function answers(questions: readonly GradedQuestion[]): string {
  return [
    "# How to answer",
    "Write a JSON file with a list of answers, each with the question's `id`.",
    answerForm
      .replace("Answer with one JSON object:", "For each question:")
      .replace('{"answer"', '{"id": "q01", "answer"'),
    "# The questions",
    ...questions.map((question) => `## ${question.id}\n\n${describeQuestion(question)}`),
    "",
  ].join("\n\n");
}
