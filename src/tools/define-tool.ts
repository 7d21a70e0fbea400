import type * as z from "zod";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "./picture.ts";

/**
 * A tool is one value: its public face and what it does. It knows nothing of MCP, of the environment or of errors' words;
 * the agent registers, times, catches and logs all tools in one place.
 */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: `oura_${string}`;
  title: string;
  /** What it answers, what it does not, and which tool to use instead. */
  description: string;
  input: Input;
  output: Output;
  /** The scopes it can use at all; without any of them it answers "not granted". */
  scopes: readonly ScopeName[];
  /** Set where the answer is useful before Oura is connected. */
  worksUnconnected?: true;
  /** Set where a host that can show views draws the answer; `run` then offers `context.draw` a picture. */
  hasPicture?: true;
  run(input: z.output<Input>, context: ToolContext): Promise<z.output<Output>>;
}

export interface ToolContext {
  /** Epoch ms. */
  now: number;
  reader: OuraReader;
  access: Access;
  standing: Standing;
  clock: WearerClock;
  /** Where the person manages all this. */
  panelUrl: string;
  /** Takes what a view draws; absent where nothing is drawn. */
  draw?(picture: Picture): void;
}

/** Which data may be read, and whose decision it was. */
export interface Access {
  /** What Oura says the person granted; empty before connecting. */
  oura: readonly ScopeName[];
  /** What this assistant may read, whatever Oura grants. */
  assistant: readonly ScopeName[];
}

/** Where the person stands on the way from registering to being connected. */
export type Standing =
  | { kind: "not_registered" }
  | { kind: "pending"; place: number; waiting: number; code: string }
  | { kind: "not_connected" }
  | { kind: "connected" }
  | { kind: "needs_reconnect" };

/** The wearer's UTC offset as seen in their newest record, so that "today" costs no extra request. */
export interface WearerClock {
  offsetMinutes: number | null;
  /** Takes the offset of a record, unless a newer record's is known. */
  remember(seen: SeenOffset): void;
}

/** A UTC offset and the instant (epoch ms) of the record it was seen in. */
export interface SeenOffset {
  offsetMinutes: number;
  at: number;
}

/** Keeps a tool's own types while the list of tools sees the common shape. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> {
  return tool;
}
