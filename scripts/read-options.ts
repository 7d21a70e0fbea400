import { parseArgs } from "node:util";
import { fixedInstant, parseInstant } from "../sandbox/clock/instants.ts";

type Option =
  | { type: "flag" }
  /** `value` is the option's placeholder in the usage line. */
  | { type: "text"; value: string; default?: string }
  | { type: "texts"; value: string; pattern: RegExp }
  | { type: "whole number"; from: number; to?: number; default?: number }
  /** At least 0, with decimals. */
  | { type: "number"; default?: number }
  | { type: "instant"; default?: string }
  | { type: "address"; default?: string };

interface Command<Options extends Record<string, Option>> {
  name: string;
  options: Options;
  /** Positional arguments: their text in the usage line, and their maximum number. */
  takes?: { words: string; atMost: number };
}

type ValueOf<Given extends Option> = Given extends { type: "flag" }
  ? boolean
  : Given extends { type: "texts" }
    ? string[]
    :
        | (Given extends { type: "whole number" | "number" } ? number : string)
        | (Given extends { default: number | string } ? never : null);

interface Arguments<Options extends Record<string, Option>> {
  /** Null for an option that is not given and has no default. */
  values: { [Name in keyof Options]: ValueOf<Options[Name]> };
  positionals: string[];
}

/**
 * Parses the arguments of this process. Exits with a message if they are invalid. Every command begins with this, so it
 * also ends the process without a message when the reader of its output ends, as in `npm run doctor | head`.
 */
export function readOptions<const Options extends Record<string, Option>>(
  command: Command<Options>,
): Arguments<Options> {
  endQuietlyWithReader();
  const parsed = parseOptions(command, process.argv.slice(2));
  if (parsed.kind === "read") return parsed;
  console.error(parsed.message);
  process.exit(1);
}

/** Node throws EPIPE when the reader of the output has ended. */
function endQuietlyWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

/** The parsed arguments, or a message: the first error, followed by the usage line. */
export function parseOptions<const Options extends Record<string, Option>>(
  command: Command<Options>,
  args: readonly string[],
): ({ kind: "read" } & Arguments<Options>) | { kind: "wrong"; message: string } {
  const options = new Map<string, Option>(Object.entries(command.options));
  // Node only splits the arguments: its error messages are written for programmers.
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...options].map(([name, { type }]) => [name, { type: type === "flag" ? "boolean" : "string" } as const]),
    ),
  });
  const values = new Map<string, unknown>([...options].map(([name, option]) => [name, defaultValue(option)]));
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional") {
      positionals.push(token.value);
      if (positionals.length > (command.takes?.atMost ?? 0)) return wrong(`"${token.value}" is not understood.`);
      continue;
    }
    const option = options.get(token.name);
    if (!option) return wrong(`There is no option ${token.rawName}.`);
    const read = readValue(option, token.inlineValue || !token.value?.startsWith("--") ? token.value : undefined);
    if ("wrong" in read) return wrong(`${token.rawName} ${read.wrong}.`);
    values.set(token.name, option.type === "texts" ? [values.get(token.name), read.value].flat() : read.value);
  }
  // Each value now has the type of its option, which a Map type cannot express.
  return { kind: "read", values: Object.fromEntries(values) as Arguments<Options>["values"], positionals };

  function wrong(complaint: string) {
    return { kind: "wrong", message: `${complaint}\n${describeUsage(command)}` } as const;
  }
}

function defaultValue(option: Option): unknown {
  if (option.type === "flag") return false;
  return option.type === "texts" ? [] : (option.default ?? null);
}

/** The value of one given option, or an error message that continues the option's name. */
function readValue(option: Option, given: string | undefined): { value: unknown } | { wrong: string } {
  if (option.type === "flag") return given === undefined ? { value: true } : { wrong: "takes no value" };
  if (given === undefined) return { wrong: "needs a value" };
  switch (option.type) {
    case "text":
      return { value: given };
    case "texts":
      return option.pattern.test(given) ? { value: given } : { wrong: `takes ${option.value}, not "${given}"` };
    case "instant":
      return parseInstant(given) === null
        ? { wrong: `takes a date and time such as ${fixedInstant}, not "${given}"` }
        : { value: given };
    case "address":
      return /^https?:$/.test(URL.parse(given)?.protocol ?? "")
        ? { value: given }
        : { wrong: `takes an address that begins with http:// or https://, not "${given}"` };
    case "number":
      return /^\d+(\.\d+)?$/.test(given)
        ? { value: Number(given) }
        : { wrong: `takes a number such as 1.25, not "${given}"` };
    case "whole number": {
      const { from, to = Number.MAX_SAFE_INTEGER } = option;
      const range = option.to === undefined ? `of at least ${from}` : `from ${from} to ${to}`;
      const isFine = /^\d+$/.test(given) && Number(given) >= from && Number(given) <= to;
      return isFine ? { value: Number(given) } : { wrong: `takes a whole number ${range}, not "${given}"` };
    }
  }
}

export function describeUsage({ name, options, takes }: Command<Record<string, Option>>): string {
  const optional = Object.entries(options).map(([key, option]) => `[--${key}${describeValue(option)}]`);
  return `Usage: ${[name, "--", ...(takes ? [takes.words] : []), ...optional].join(" ")}`;
}

function describeValue(option: Option): string {
  switch (option.type) {
    case "flag":
      return "";
    case "text":
      return ` ${option.value}`;
    case "texts":
      return ` ${option.value} …`;
    case "instant":
      return " INSTANT";
    case "address":
      return " ADDRESS";
    case "number":
    case "whole number":
      return " NUMBER";
  }
}
