import { printTable } from "../evaluate-answers/print-table.ts";
import type { LoggedCall } from "./call-log.ts";
import type { Grade } from "./grade.ts";
import type { GradedQuestion } from "./question.ts";

export interface Outcome {
  question: GradedQuestion;
  grade: Grade;
  calls: readonly Pick<LoggedCall, "bytes">[];
}

export interface Totals {
  questions: number;
  right: number;
  callsPerQuestion: number;
  bytesPerQuestion: number;
}

export function totalsOf(outcomes: readonly Outcome[]): Totals {
  const calls = outcomes.flatMap((outcome) => outcome.calls);
  return {
    questions: outcomes.length,
    right: outcomes.filter(({ grade }) => grade.isRight).length,
    callsPerQuestion: calls.length / outcomes.length,
    bytesPerQuestion: calls.reduce((sum, { bytes }) => sum + bytes, 0) / outcomes.length,
  };
}

export function printOutcomes(outcomes: readonly Outcome[]): void {
  printTable(
    ["", "id", "person", "question", "right", "answered", "calls", "bytes"],
    outcomes.map(({ question, grade, calls }) => [
      grade.isRight ? "" : "WRONG",
      question.id,
      question.person,
      cut(question.question, 60),
      cut(grade.right, 40),
      cut(grade.given, 40),
      calls.length,
      calls.reduce((sum, { bytes }) => sum + bytes, 0),
    ]),
  );
  const { right, questions, callsPerQuestion, bytesPerQuestion } = totalsOf(outcomes);
  console.log(
    `\n${right} of ${questions} right, ${callsPerQuestion.toFixed(2)} calls and ${Math.round(bytesPerQuestion)} bytes of results a question`,
  );
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
