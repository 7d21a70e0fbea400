import type * as z from "zod";
import { AppError } from "../errors.ts";
import { spellArguments } from "./lenient-arguments.ts";
import { describeWanted, type Wanted, wantedOf } from "./wanted.ts";

export function badInput(...problems: string[]): AppError {
  return new AppError({ kind: "bad_input", problems });
}

/**
 * `readAs` holds sentences for the answer that say how arguments were interpreted, for example that "sleep" was read as
 * sleep_score.
 */
export interface ParsedInput<Input> {
  input: Input;
  readAs: readonly string[];
}

/**
 * Corrects the spelling of a tool's arguments, then validates them with the schema. Throws the failure `bad_input` with
 * a list of problems. Each problem names the argument, quotes the value that was sent, and says what to write instead.
 */
export function parseInput<Schema extends z.ZodObject>(schema: Schema, given: unknown): ParsedInput<z.output<Schema>> {
  const object = objectOf(given);
  if (object === null) throw badInput(`arguments: ${quoteGiven(given)} is not accepted; write an object.`);
  const { input, notes } = spellArguments(schema, object);
  const parsed = schema.safeParse(input);
  if (parsed.success) return { input: parsed.data, readAs: notes };
  const byField = Map.groupBy(parsed.error.issues, ({ path: [name = ""] }) => String(name));
  throw badInput(
    ...[...byField]
      .slice(0, mostProblems)
      .map(([name, [first, ...more]]) => (first ? sayProblem(schema, input, name, [first, ...more]) : "")),
  );
}

/**
 * The arguments as an object, also when they arrive as JSON text. Null, an empty text and an empty list mean "no
 * arguments" and give an empty object. Returns null for anything else.
 */
function objectOf(given: unknown): Record<string, unknown> | null {
  if (given === null || given === undefined || given === "") return {};
  if (Array.isArray(given)) return given.length === 0 ? {} : null;
  if (typeof given === "object") return given as Record<string, unknown>; // every key of an object is a string
  if (typeof given !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(given);
    return typeof parsed === "string" ? null : objectOf(parsed);
  } catch {
    return null;
  }
}

const mostProblems = 5;
/**
 * An error message quotes at most this many unknown argument names, and at most this many wrong values of one argument.
 */
const mostNames = 5;

type Issue = z.core.$ZodIssue;

/** The sentence about one wrong argument, made from the issues that zod reports for this argument. */
function sayProblem(schema: z.ZodObject, input: unknown, name: string, [first, ...more]: [Issue, ...Issue[]]): string {
  if (first.code === "unrecognized_keys") return sayUnknown(schema, first.keys);
  const words = sayWanted(wantedOf(schema.shape[name]), first);
  const came = [first, ...more].slice(0, mostNames).map(({ path }) => {
    const value = path.reduce<unknown>((part, key) => Reflect.get(Object(part), key), input);
    return value === undefined ? "nothing" : quoteGiven(value);
  });
  return `${name}: ${[...new Set(came)].join(", ")} is not accepted; write ${words}.`;
}

/**
 * Describes the values that the schema accepts, so that the caller can replace the wrong value. If a custom check of
 * the schema failed, the text is that check's error message. Otherwise the text gives the type and the limits in the
 * schema.
 */
function sayWanted(wanted: Wanted, issue: Issue): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "too_big" && issue.origin === "string") return `at most ${issue.maximum} characters`;
  if (issue.code === "too_big" && issue.origin === "array")
    return `at most ${issue.maximum} values, and ask again for the others`;
  return describeWanted(wanted);
}

function sayUnknown(schema: z.ZodObject, keys: readonly string[]): string {
  const known = Object.keys(schema.shape);
  const takes = known.length > 0 ? `this tool takes ${known.join(", ")}` : "this tool takes no arguments";
  const more = keys.length > mostNames ? ` and ${keys.length - mostNames} more` : "";
  return `Unknown argument ${keys.slice(0, mostNames).map(quoteGiven).join(", ")}${more}; ${takes}.`;
}

/**
 * A long value is cut to 40 characters. A list or an object is not quoted: the error message says "a list" or "an
 * object".
 */
export function quoteGiven(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = String(value);
  const start = Array.from(text.slice(0, 80)).slice(0, 40).join("");
  const shown = start.length < text.length ? `${start}…` : start;
  return typeof value === "string" ? JSON.stringify(shown) : shown;
}
