import type * as z from "zod";
import { AppError } from "../errors.ts";
import { spellArguments } from "./lenient-arguments.ts";
import { describeWanted, type Wanted, wantedOf } from "./wanted.ts";

export function badInput(...problems: string[]): AppError {
  return new AppError({ kind: "bad_input", problems });
}

/** Arguments with their defaults, and what the answer has to say about how they were read. */
export interface ParsedInput<Input> {
  input: Input;
  readAs: readonly string[];
}

/**
 * Reads a tool's arguments: first their spelling, then the schema. Throws `bad_input` with problems that name the field,
 * what came and what to write, all of a limited length.
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

/** The object of the arguments, also where it comes as text; none for what means "no arguments". */
function objectOf(given: unknown): Record<string, unknown> | null {
  if (given === null || given === undefined || given === "") return {};
  if (Array.isArray(given)) return given.length === 0 ? {} : null;
  if (typeof given === "object") return given as Record<string, unknown>; // any object has such keys
  if (typeof given !== "string") return null;
  try {
    const parsed: unknown = JSON.parse(given);
    return typeof parsed === "string" ? null : objectOf(parsed);
  } catch {
    return null;
  }
}

const mostProblems = 5;
/** The most unknown names, and values of one field, that a message repeats. */
const mostNames = 5;

type Issue = z.core.$ZodIssue;

/** The problem of one field; `first` and `more` are what is wrong with it. */
function sayProblem(schema: z.ZodObject, input: unknown, name: string, [first, ...more]: [Issue, ...Issue[]]): string {
  if (first.code === "unrecognized_keys") return sayUnknown(schema, first.keys);
  const words = sayWanted(wantedOf(schema.shape[name]), first);
  const came = [first, ...more].slice(0, mostNames).map(({ path }) => {
    const value = path.reduce<unknown>((part, key) => Reflect.get(Object(part), key), input);
    return value === undefined ? "nothing" : quoteGiven(value);
  });
  return `${name}: ${[...new Set(came)].join(", ")} is not accepted; write ${words}.`;
}

/** What to write, in our own words: those of the schema's own check, else those of its form. */
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

/** A value of the caller for a message, at most about forty characters. */
export function quoteGiven(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = String(value);
  const start = Array.from(text.slice(0, 80)).slice(0, 40).join("");
  const shown = start.length < text.length ? `${start}…` : start;
  return typeof value === "string" ? JSON.stringify(shown) : shown;
}
