import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { answerFile } from "./ask/answer.ts";
import { type Answered, answerQuestion } from "./ask/answer-question.ts";
import { forgetCalls, readCalls, runName } from "./ask/call-log.ts";
import { gradeAnswer } from "./ask/grade.ts";
import { openSession } from "./ask/mcp-session.ts";
import { modelBehind } from "./ask/model-command.ts";
import { computeRightAnswers } from "./ask/person-documents.ts";
import { type GradedQuestion, questionFile } from "./ask/question.ts";
import { questions as ownQuestions } from "./ask/questions.ts";
import { type Outcome, printOutcomes, totalsOf } from "./ask/report.ts";
import { serveWorld } from "./ask/serve-world.ts";
import { startWorld } from "./ask/world.ts";
import { createSyntheticPeople } from "./evaluate-answers/synthetic-people.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run ask`: how well a model that knows nothing of the code answers what people ask, over the product's MCP
 * endpoint and at an instant that stands still. docs/asking.md describes it.
 *
 * `-- --model COMMAND` asks a model behind a command that reads a prompt on stdin and prints a reply, such as `claude
 * -p`. `-- --serve` starts the same world for people and agents that call tools themselves (scripts/ask/call.ts), and
 * `-- --grade FILE` grades their answers. `--questions FILE` takes other questions, `--only` some of them.
 */
const { values: options } = readOptions({
  name: "npm run ask",
  options: {
    model: { type: "text", value: "COMMAND" },
    serve: { type: "flag" },
    grade: { type: "text", value: "FILE" },
    run: { type: "text", value: "NAME", default: "default" },
    questions: { type: "text", value: "FILE" },
    only: { type: "text", value: '"ID ID"' },
    "at-once": { type: "whole number", from: 1, to: 16, default: 1 },
    seconds: { type: "whole number", from: 1, default: 180 },
    record: { type: "text", value: "FILE" },
    "least-right": { type: "whole number", from: 0 },
    "most-calls": { type: "number" },
    "most-bytes": { type: "number" },
  },
});

if (!runName.test(options.run)) fail("--run takes lower-case letters, digits and hyphens.");
else if (options.serve) await serve();
else if (options.grade !== null) await grade(options.grade);
else if (options.model !== null) await replay(options.model);
else fail("Choose --model COMMAND, --serve or --grade FILE.");

async function serve(): Promise<void> {
  forgetCalls(options.run);
  await serveWorld(await readQuestions());
}

async function grade(path: string): Promise<void> {
  const answers = answerFile.parse(readJson(path));
  const calls = Map.groupBy(readCalls(options.run), ({ question }) => question);
  finish(
    (await readQuestions()).map((question) => ({
      question,
      grade: gradeAnswer(question, answers.find(({ id }) => id === question.id) ?? null),
      calls: calls.get(question.id) ?? [],
    })),
  );
}

async function replay(command: string): Promise<void> {
  const questions = await readQuestions();
  const world = await startWorld([...new Set(questions.map(({ person }) => person))]);
  const emptyDirectory = mkdtempSync(join(tmpdir(), "ringbridge-model-"));
  const ask = modelBehind(command, emptyDirectory, options.seconds);
  const answered = new Map<string, Answered>();
  const waiting = [...questions];
  try {
    await Promise.all(
      Array.from({ length: options["at-once"] }, async () => {
        for (let question = waiting.shift(); question; question = waiting.shift()) {
          const session = await openSession(world, question.person);
          const result = await answerQuestion(question, session, ask);
          await session.close();
          answered.set(question.id, result);
          const { isRight } = gradeAnswer(question, result.answer);
          console.error(`${question.id} ${isRight ? "right" : "wrong"}${result.problem ? `: ${result.problem}` : ""}`);
        }
      }),
    );
  } finally {
    await world.stop();
    rmSync(emptyDirectory, { recursive: true, force: true });
  }
  if (options.record !== null) {
    const records = Array.from(answered, ([id, { answer, problem, calls }]) => ({ id, ...answer, problem, calls }));
    writeFileSync(options.record, `${JSON.stringify(records, null, 2)}\n`);
  }
  finish(
    questions.map((question) => {
      const { answer = null, calls = [] } = answered.get(question.id) ?? {};
      return { question, grade: gradeAnswer(question, answer), calls };
    }),
  );
}

/** Prints the table. The exit status is 1 if a limit that was given is missed. */
function finish(outcomes: readonly Outcome[]): void {
  printOutcomes(outcomes);
  const { right, callsPerQuestion, bytesPerQuestion } = totalsOf(outcomes);
  const misses = [
    options["least-right"] !== null && right < options["least-right"] && `fewer than ${options["least-right"]} right`,
    options["most-calls"] !== null && callsPerQuestion > options["most-calls"] && "too many calls",
    options["most-bytes"] !== null && bytesPerQuestion > options["most-bytes"] && "too many bytes",
  ].filter((miss) => miss !== false);
  if (misses.length > 0) fail(`Missed: ${misses.join(", ")}.`);
}

async function readQuestions(): Promise<readonly GradedQuestion[]> {
  const all =
    options.questions === null
      ? await computeRightAnswers(ownQuestions, createSyntheticPeople())
      : questionFile.parse(readJson(options.questions));
  const only = options.only?.split(/[\s,]+/).filter((id) => id !== "");
  return only === undefined ? all : all.filter(({ id }) => only.includes(id));
}

function readJson(path: string): unknown {
  return z.json().parse(JSON.parse(readFileSync(path, "utf8")));
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
