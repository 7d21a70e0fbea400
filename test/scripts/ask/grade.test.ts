import { describe, expect, it } from "vitest";
import { gradeAnswer } from "../../../scripts/ask/grade.ts";
import type { GradedQuestion } from "../../../scripts/ask/question.ts";

const question: GradedQuestion = {
  id: "steps",
  person: "everyday",
  question: "Which day did I walk most, how far, and when did I start?",
  figures: {
    day: { kind: "day" },
    km: { kind: "number", unit: "km", tolerance: 0.05 },
    start: { kind: "clock", toleranceMinutes: 5 },
  },
  right: [
    { values: { day: "2026-11-19", km: 8.04, start: "23:58" } },
    { values: { day: "2026-11-20", km: 9, start: "07:00" } },
  ],
};

function grade(values: Record<string, unknown> | null, noValue: "not_worn" | null = null): boolean {
  return gradeAnswer(question, { answer: "", values, no_value: noValue }).isRight;
}

describe("an answer", () => {
  it("is right with every figure of one right answer", () => {
    expect(grade({ day: "2026-11-19", km: 8.04, start: "23:58" })).toBe(true);
    expect(grade({ day: "2026-11-20", km: 9, start: "07:00" })).toBe(true);
    expect(grade({ day: "2026-11-19", km: 9, start: "23:58" })).toBe(false);
  });

  it("may be off by rounding, and a clock time across midnight, but by no more than the tolerance", () => {
    expect(grade({ day: "2026-11-19", km: 8, start: "00:03" })).toBe(true);
    expect(grade({ day: "2026-11-19", km: 8.1, start: "23:58" })).toBe(false);
    expect(grade({ day: "2026-11-19", km: 8, start: "00:04" })).toBe(false);
  });

  it("may write numbers as text, without a unit", () => {
    expect(grade({ day: "2026-11-19", km: "8.04", start: "23:58" })).toBe(true);
    expect(grade({ day: "2026-11-19", km: "8.04 km", start: "23:58" })).toBe(false);
  });

  it("is wrong where a figure is missing, a reason is given instead, or there is no answer", () => {
    expect(grade({ day: "2026-11-19", km: 8 })).toBe(false);
    expect(grade(null)).toBe(false);
    expect(grade({ day: "2026-11-19", km: 8.04, start: "23:58" }, "not_worn")).toBe(false);
    expect(gradeAnswer(question, null)).toMatchObject({ isRight: false, given: "no answer" });
  });

  it("shows what was given and what is right", () => {
    expect(gradeAnswer(question, { answer: "", values: { day: "2026-11-18" } })).toEqual({
      isRight: false,
      given: "2026-11-18",
      right: "2026-11-19, 8.04, 23:58 or 2026-11-20, 9, 07:00",
    });
  });
});

describe("numbers of thousands, choices and lists", () => {
  const other: GradedQuestion = {
    ...question,
    figures: {
      steps: { kind: "number", unit: "steps", tolerance: 0.5 },
      weekday: { kind: "weekday" },
      days: { kind: "days" },
    },
    right: [{ values: { steps: 301_697, weekday: "Sunday", days: ["2026-07-16", "2026-03-29"] } }],
  };
  const isRight = (values: Record<string, unknown>) => gradeAnswer(other, { answer: "", values }).isRight;

  it("are compared whatever their separators, capitals and order", () => {
    expect(isRight({ steps: "301,697", weekday: "sunday", days: ["2026-03-29", "2026-07-16"] })).toBe(true);
    expect(isRight({ steps: 301_697, weekday: "Sunday", days: ["2026-03-29"] })).toBe(false);
    expect(isRight({ steps: 301_697, weekday: "Monday", days: ["2026-03-29", "2026-07-16"] })).toBe(false);
  });
});

describe("a question without a figure", () => {
  const none: GradedQuestion = { ...question, right: [{ no_value: "not_synced" }] };

  it("is answered by the reason, not by another one and not by figures", () => {
    expect(gradeAnswer(none, { answer: "", no_value: "not_synced" }).isRight).toBe(true);
    expect(gradeAnswer(none, { answer: "", no_value: "not_worn" }).isRight).toBe(false);
    expect(gradeAnswer(none, { answer: "", values: { day: "2026-11-19" } }).isRight).toBe(false);
  });
});
