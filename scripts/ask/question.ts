import { z } from "zod";
import { reasons } from "./reasons.ts";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const slotName = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** One figure that a question asks for, and the form in which an answer gives it. */
const slot = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("number"), unit: z.string(), tolerance: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal("day") }),
  z.strictObject({ kind: z.literal("days") }),
  z.strictObject({ kind: z.literal("month") }),
  z.strictObject({ kind: z.literal("weekday") }),
  z.strictObject({ kind: z.literal("clock"), toleranceMinutes: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal("choice"), options: z.array(z.string()).min(2) }),
]);
export type Slot = z.output<typeof slot>;

const value = z.union([z.number(), z.string(), z.array(isoDay)]);
export type Value = z.output<typeof value>;

/** A right answer: a value for each figure, or the reason why there is none. */
const right = z.union([
  z.strictObject({ values: z.record(slotName, value) }),
  z.strictObject({ no_value: z.enum(Object.keys(reasons)) }),
]);
export type Right = z.output<typeof right>;

const question = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  person: z.string(),
  question: z.string(),
  figures: z.record(slotName, slot),
});
export type Question = z.output<typeof question>;

/** A question with all its right answers: more than one where people mean different things by the same words. */
export type GradedQuestion = Question & { right: readonly Right[] };

/** A question whose right answers are computed from the person's documents. */
export type ComputedQuestion = Question & {
  /** BCP 47; English unless it is named. */
  language?: string;
  topic: string;
  right: (documents: PersonDocuments) => Promise<Right | readonly Right[]>;
};

/** Everything Oura holds of the question's person. */
export interface PersonDocuments {
  all(route: string): Promise<Document[]>;
  /** Those of the days from `first` to `last`. */
  days(route: string, first: string, last: string): Promise<Document[]>;
  /** Rows of a series, such as heart rate, from one instant up to another; both with their offset. */
  series(route: string, start: string, end: string): Promise<Document[]>;
}

export type Document = Readonly<Record<string, unknown>>;

/** A file of questions for `npm run ask -- --questions FILE`: with their right answers, as nothing here computes them. */
export const questionFile = z.array(question.extend({ right: z.array(right).min(1) })).min(1);

export function describeSlot(name: string, asked: Slot): string {
  switch (asked.kind) {
    case "number":
      return `"${name}": number, ${asked.unit}`;
    case "day":
      return `"${name}": "YYYY-MM-DD"`;
    case "days":
      return `"${name}": ["YYYY-MM-DD", …]`;
    case "month":
      return `"${name}": "YYYY-MM"`;
    case "weekday":
      return `"${name}": weekday in English`;
    case "clock":
      return `"${name}": "HH:MM", 24 hours`;
    case "choice":
      return `"${name}": one of ${asked.options.join(", ")}`;
  }
}
