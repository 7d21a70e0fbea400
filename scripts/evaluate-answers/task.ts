import type { ScopeName } from "../../src/oura/scopes.ts";
import type { Assistant } from "./assistant.ts";
import type { SyntheticPeople } from "./synthetic-people.ts";

/** A question with exactly one right answer, told twice: from what is held, and from what the tools say. */
export interface Task {
  question: string;
  person: "everyday" | "far_east" | "two_rings" | "gen2";
  /** Default: all scopes. */
  scopes?: readonly ScopeName[];
  /** Computed from the person's documents as they are; nothing of the product takes part. */
  rightValue(people: SyntheticPeople): Promise<Value>;
  /** What an assistant would do: call tools and read the value out of their structured answers. */
  solve(assistant: Assistant): Promise<Value>;
  /** How far a number may be off, because the answer rounds it or only estimates it. */
  tolerance?: number;
}

export type Value = string | number | null;

export function isRight(found: Value, right: Value, tolerance = 0): boolean {
  if (typeof found === "number" && typeof right === "number") return Math.abs(found - right) <= tolerance + 1e-9;
  return found === right;
}
