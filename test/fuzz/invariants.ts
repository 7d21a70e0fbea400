import { expect } from "vitest";

/** Invariants of every answer, for any input. */

/** Marker in every error of the fake Oura. It must never appear in our answers. */
export const upstreamMark = "upstream-text-7c1f";

const leaks: readonly [string, RegExp][] = [
  ["a stack", /\n\s*at \S|\bat [\w.$<>]+ \(.+:\d+:\d+\)|\.[cm]?[jt]sx?:\d+:\d+/],
  ["a path", /node_modules|\/src\/|[\w-]+\.tsx?:\d|file:\/\/|workerd|\/work\/|\/home\//],
  ["an exception", /\b(?:Type|Range|Reference|Syntax|Zod|Assertion)Error\b|Cannot read propert|is not a function/],
  ["upstream text", new RegExp(upstreamMark)],
];

/** Checks for no stack, path, exception or upstream text. */
export function expectNoLeak(text: string): void {
  for (const [what, pattern] of leaks) {
    const found = pattern.exec(text);
    if (found)
      throw new Error(
        `${what} in an answer: ${JSON.stringify(text.slice(Math.max(0, found.index - 80)).slice(0, 240))}`,
      );
  }
}

/** The largest answer of any kind; hosts cut at 150,000 characters. */
export const longestAnswer = 100_000;

/** Checks that a response is no server error, is bounded and leaks no internals. Returns its body. */
export async function expectSound(response: Response): Promise<string> {
  const text = await readSome(response);
  expect(response.status, text.slice(0, 300)).toBeLessThan(500);
  expect(text.length).toBeLessThan(longestAnswer);
  expectNoLeak(text);
  for (const [name, value] of response.headers) expectNoLeak(`${name}: ${value}`);
  return text;
}

/** The body, or the beginning of a stream that stays open, which is then cancelled. */
async function readSome(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const part = await withinASecond(reader.read());
    if (part === null || part.done) break;
    text += part.value;
    if (text.length > longestAnswer) break;
  }
  await reader.cancel().catch(() => {});
  return text;
}

/** The result within a second, else null. It clears its timer: the runtime allows ten thousand. */
async function withinASecond<T>(work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), 1_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Checks that numbers are finite and that no text contains "NaN", "undefined" or similar. */
export function expectFiniteNumbers(answer: unknown, path = "answer"): void {
  if (typeof answer === "number" && !Number.isFinite(answer)) throw new Error(`${path} is ${answer}`);
  if (typeof answer === "string" && /\bNaN\b|\bInfinity\b|\bundefined\b|\[object |Invalid Date/.test(answer))
    throw new Error(`${path} says ${JSON.stringify(answer.slice(0, 200))}`);
  if (typeof answer === "object" && answer !== null)
    for (const [key, value] of Object.entries(answer)) expectFiniteNumbers(value, `${path}.${key}`);
}

/** Records internal failures, which are logged with a reference. Tests expect none. */
export function watchFaults(): { faults: string[]; stop(): void } {
  const faults: string[] = [];
  const { error, warn, log } = console;
  const note = (event: PromiseRejectionEvent) => faults.push(`unhandled: ${String(event.reason)}`);
  console.error = (...words: unknown[]) => {
    if (words.some((word) => String(word).includes("internal_error"))) faults.push(words.map(String).join(" "));
  };
  console.warn = () => {}; // tens of thousands of expected refusals
  console.log = () => {};
  addEventListener("unhandledrejection", note);
  return {
    faults,
    stop() {
      Object.assign(console, { error, warn, log });
      removeEventListener("unhandledrejection", note);
    },
  };
}
