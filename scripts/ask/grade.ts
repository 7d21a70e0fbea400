import type { Answer } from "./answer.ts";
import type { GradedQuestion, Right, Slot, Value } from "./question.ts";

export interface Grade {
  isRight: boolean;
  /** For the table: what the answer says. `right` is the right answer. */
  given: string;
  right: string;
}

/** An answer is right if it equals one of the right answers in every figure. Null: the question was not answered. */
export function gradeAnswer(question: GradedQuestion, answer: Answer | null): Grade {
  return {
    isRight: answer !== null && question.right.some((right) => equals(question, answer, right)),
    given: answer === null ? "no answer" : write(answer.values ?? {}, answer.no_value),
    right: question.right.map((right) => ("values" in right ? write(right.values, null) : right.no_value)).join(" or "),
  };
}

function equals({ figures }: GradedQuestion, answer: Answer, right: Right): boolean {
  if ("no_value" in right) return answer.no_value === right.no_value;
  if (answer.no_value) return false;
  return Object.entries(figures).every(([name, slot]) => {
    const expected = right.values[name];
    return expected !== undefined && equalsValue(slot, answer.values?.[name], expected);
  });
}

function equalsValue(slot: Slot, given: unknown, right: Value): boolean {
  switch (slot.kind) {
    case "number": {
      const number = readNumber(given);
      // The comparison allows slightly more than the tolerance, because of rounding errors of floating-point numbers.
      return number !== null && Math.abs(number - Number(right)) <= slot.tolerance + 1e-9;
    }
    case "clock": {
      const [minutes, expected] = [readClock(given), readClock(right)];
      return minutes !== null && expected !== null && distance(minutes, expected) <= slot.toleranceMinutes;
    }
    case "days":
      return Array.isArray(given) && given.map(String).toSorted().join() === [right].flat().toSorted().join();
    case "choice":
    case "weekday":
    case "day":
    case "month":
      return typeof given === "string" && given.trim().toLowerCase() === String(right).toLowerCase();
  }
}

/** Reads 7350, "7350", "7,350" and "-1.2". A text with a unit is not read: the form asks for a number. */
function readNumber(given: unknown): number | null {
  if (typeof given === "number") return Number.isFinite(given) ? given : null;
  if (typeof given !== "string") return null;
  const text = given.trim().replaceAll(/,(?=\d{3}(\D|$))/g, "");
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function readClock(given: unknown): number | null {
  const [, hours, minutes] = (typeof given === "string" && /^(\d{1,2}):(\d{2})$/.exec(given.trim())) || [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** The shorter distance between two clock times, which may go across midnight. */
function distance(one: number, other: number): number {
  const apart = Math.abs(one - other) % 1_440;
  return Math.min(apart, 1_440 - apart);
}

function write(values: Readonly<Record<string, unknown>>, noValue: string | null | undefined): string {
  if (noValue) return noValue;
  return Object.values(values)
    .map((value) => (typeof value === "number" ? Number(value.toFixed(2)) : String(value)))
    .join(", ");
}
