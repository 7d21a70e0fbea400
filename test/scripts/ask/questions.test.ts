import { expect, it } from "vitest";
import { PEOPLE } from "../../../sandbox/people/people.ts";
import type { Answer } from "../../../scripts/ask/answer.ts";
import { gradeAnswer } from "../../../scripts/ask/grade.ts";
import { computeRightAnswers } from "../../../scripts/ask/person-documents.ts";
import { type GradedQuestion, questionFile, type Right } from "../../../scripts/ask/question.ts";
import { questions } from "../../../scripts/ask/questions.ts";
import { createSyntheticPeople } from "../../../scripts/evaluate-answers/synthetic-people.ts";

/** What wearers ask, in kinds; each has a question. */
const topics = [
  "contributors",
  "goals",
  "one week against another",
  "counts",
  "weekdays",
  "records",
  "months",
  "years",
  "restless nights",
  "rhythm",
  "events",
  "within the day",
  "battery",
  "temperature",
  "habits",
  "bedtime",
  "withheld data",
  "no data",
];

it("are sixty, about all eight people and of every kind, and ten are not in English", () => {
  expect(new Set(questions.map(({ id }) => id)).size).toBe(60);
  expect(new Set(questions.map(({ person }) => person))).toEqual(new Set(PEOPLE.map(({ id }) => id)));
  expect(new Set(questions.map(({ topic }) => topic))).toEqual(new Set(topics));
  expect(new Set(questions.flatMap(({ language = "en" }) => (language === "en" ? [] : [language]))).size).toBe(10);
});

it("are in people's words: no question names a tool or an argument", () => {
  expect(questions.filter(({ question }) => question.includes("_"))).toEqual([]);
});

it("have right answers in the form they ask for, exact or rounded, and other figures are wrong", async () => {
  const graded = await computeRightAnswers(questions, createSyntheticPeople());
  expect(questionFile.parse(graded)).toHaveLength(60);
  for (const question of graded) {
    for (const right of question.right) {
      expect(gradeAnswer(question, answerOf(right)), question.id).toMatchObject({ isRight: true });
      expect(gradeAnswer(question, answerOf(rounded(right))), question.id).toMatchObject({ isRight: true });
    }
    expect(gradeAnswer(question, answerOf(elsewhere(question))), question.id).toMatchObject({ isRight: false });
  }
});

function answerOf(right: Right): Answer {
  return { answer: "", ...right };
}

/** As answers write numbers: with three figures or so. */
function rounded(right: Right): Right {
  if ("no_value" in right) return right;
  const values = Object.entries(right.values).map(([name, value]) => [
    name,
    typeof value === "number" ? Number(value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)) : value,
  ]);
  return { values: Object.fromEntries(values) };
}

/** A wrong answer: another reason, or figures a tenth and one more off. */
function elsewhere({ right: [right] }: GradedQuestion): Right {
  if (!right || "no_value" in right) return { no_value: right?.no_value === "not_worn" ? "not_synced" : "not_worn" };
  const values = Object.entries(right.values).map(([name, value]) => [
    name,
    typeof value === "number" ? value * 1.1 + 1 : "1999-01-01",
  ]);
  return { values: Object.fromEntries(values) };
}
