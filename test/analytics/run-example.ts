/** One statement of an example. `shown` is the value that the example gives for it, or null for a declaration. */
interface Statement {
  code: string;
  shown: string | null;
}

/** The exported functions of a file. `text` is null for a function without an example. */
export function examplesOf(source: string): { name: string; text: string | null }[] {
  const functions = source.matchAll(/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^export (?:async )?function\*? (\w+)/gm);
  return Array.from(functions, ([, comment = "", name = ""]) => {
    const lines = comment.replace(/^ *\* ?/gm, "");
    const text = /@example\s([\s\S]*?)(?=^@\w|(?![\s\S]))/m.exec(lines)?.[1];
    return { name, text: text ?? null };
  });
}

/**
 * Runs an example and returns one text for each statement whose value is not the value shown. An example is JavaScript.
 * Its declarations prepare what its other statements need, and every other statement shows its value:
 *
 *     const values = [10, 20, 30];
 *     countBelow(values, 20, (value) => value); // 1
 *
 * A value stands at the end of the line or in the lines of comment below, and is written as JavaScript. A number that
 * ends with "…" is cut off. In `{ n: 3, … }` and `[1, …]`, further properties or elements are not shown. A typed array, a
 * set or a map is written as in `Set [1, 2]`, and an error as in `throws "No element at index 2"`.
 * @param scope The names that an example may use.
 */
export function runExample(example: string, scope: Readonly<Record<string, unknown>>): string[] {
  const statements = parseStatements(example);
  const wrong: string[] = [];
  const check = (index: number, run: () => unknown) => {
    const { code = "", shown = "" } = statements[index] ?? {};
    if (shown === null || shown === "") return wrong.push(`${code} shows no value`);
    const [actual, isThrown] = resultOf(run);
    const expected = parseShown(shown.replace(/^throws\s/, ""));
    const isShown = isThrown === shown.startsWith("throws ") && agrees(actual, expected);
    return isShown ? 0 : wrong.push(`${code} is ${print(actual)}, but the example shows ${shown}`);
  };
  const body = statements.map(({ code, shown }, index) =>
    shown === null ? `${code};` : `checkStatement(${index}, () => (${code}));`,
  );
  evaluate(body.join("\n"), { ...scope, checkStatement: check });
  return wrong;
}

/** Runs JavaScript that stands in a comment of our own source. */
function evaluate(body: string, scope: Readonly<Record<string, unknown>>): unknown {
  return new Function(...Object.keys(scope), `"use strict";\n${body}`)(...Object.values(scope));
}

/** A whole line of comment after a declaration, or at the start, is not a value. */
function parseStatements(example: string): Statement[] {
  const statements: Statement[] = [];
  let open = "";
  const close = (comment: string) => {
    const code = open.trim().replace(/;$/, "");
    const isDeclaration = /^(const|let)\b/.test(code);
    if (isDeclaration && comment !== "") throw new SyntaxError(`Put the comment above the declaration: ${code}`);
    if (code !== "") statements.push({ code, shown: isDeclaration ? null : comment });
    open = "";
  };
  for (const line of example.split("\n")) {
    const [, code = "", comment = ""] = /^(.*?)(?:(?:^|\s)\/\/ ?(.*))?$/.exec(line) ?? [];
    if (code.trim() !== "") {
      open += `${code}\n`;
      if (comment !== "" || code.trimEnd().endsWith(";")) close(comment);
      continue;
    }
    close("");
    const last = statements.at(-1);
    if (comment === "" || last === undefined || last.shown === null) continue;
    last.shown = `${last.shown} ${comment}`.trim();
  }
  close("");
  return statements;
}

/** A number that is cut off: "2.2045…" agrees with every number that begins with 2.2045. */
class CutOff {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

/** Stands for the further elements of a list or the further properties of an object. */
const further = Symbol("…");

function parseShown(shown: string): unknown {
  const expression = shown
    .replace(/\b(?:Float64Array|Int32Array|Set|Map) (?=\[)/g, "")
    .replace(/(-?[\d.]+)…/g, 'new CutOff("$1")')
    .replace(/…(?=\s*\})/g, "[further]: true")
    .replace(/…(?=\s*\])/g, "further");
  return evaluate(`return (${expression});`, { CutOff, further });
}

function resultOf(run: () => unknown): [result: unknown, isThrown: boolean] {
  try {
    return [run(), false];
  } catch (error) {
    return [error instanceof Error ? error.message : error, true];
  }
}

function agrees(actual: unknown, expected: unknown): boolean {
  if (expected instanceof CutOff) return String(actual).startsWith(expected.digits);
  if (typeof actual === "number" && typeof expected === "number") {
    return Object.is(actual, expected) || Math.abs(actual - expected) <= 1e-12 * Math.abs(expected);
  }
  if (Array.isArray(expected)) {
    const elements = listOf(actual);
    const isCutOff = expected.at(-1) === further;
    const shown = isCutOff ? expected.slice(0, -1) : expected;
    if (elements === null || (isCutOff ? elements.length <= shown.length : elements.length !== shown.length))
      return false;
    return shown.every((one, index) => agrees(elements[index], one));
  }
  if (typeof expected !== "object" || expected === null) return Object.is(actual, expected);
  if (typeof actual !== "object" || actual === null || listOf(actual) !== null) return false;
  const properties = new Map(Object.entries(actual));
  const shown = Object.entries(expected);
  const isCutOff = further in expected;
  if (isCutOff ? properties.size <= shown.length : properties.size !== shown.length) return false;
  return shown.every(([name, one]) => properties.has(name) && agrees(properties.get(name), one));
}

/** The elements of a list, a set, a map or a typed array. Null for anything else. */
function listOf(value: unknown): unknown[] | null {
  const isList = Array.isArray(value) || value instanceof Set || value instanceof Map;
  if (isList || value instanceof Float64Array || value instanceof Int32Array) return Array.from<unknown>(value);
  return null;
}

function print(value: unknown): string {
  const list = listOf(value);
  return typeof value === "number" ? String(value) : JSON.stringify(list ?? value, (_, one) => listOf(one) ?? one);
}
