import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { directory } from "./world.ts";

const loggedCall = z.object({
  /** The question's id, or whatever name the caller gave. */
  question: z.string(),
  tool: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** UTF-8 bytes of the result's text. */
  bytes: z.number(),
  isError: z.boolean(),
});
export type LoggedCall = z.output<typeof loggedCall>;

export const runName = /^[a-z0-9-]{1,40}$/;

/** Several processes append to the log of a run, so each call is one line with a JSON object. */
export function logCall(run: string, call: LoggedCall): void {
  mkdirSync(directory, { recursive: true });
  appendFileSync(pathOf(run), `${JSON.stringify(call)}\n`);
}

export function readCalls(run: string): LoggedCall[] {
  try {
    const lines = readFileSync(pathOf(run), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => loggedCall.parse(JSON.parse(line)));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

export function forgetCalls(run: string): void {
  rmSync(pathOf(run), { force: true });
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function pathOf(run: string): string {
  return join(directory, `calls-${run}.jsonl`);
}
