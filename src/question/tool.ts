import type * as z from "zod";
import type { Standing } from "../connection/standing.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Access } from "./access.ts";
import type { Missing } from "./gaps.ts";
import type { WearerClock } from "./wearer-clock.ts";

/**
 * A tool: its description and a method to ask it. It does not depend on MCP or the environment. `defineTool` makes one
 * that reads Oura, `defineAccountTool` one that answers from the account alone.
 */
export type Tool<Name extends string = string> = OuraTool<Name> | AccountTool<Name>;

/** A tool that reads health data. Only `defineTool` can make its answer, because only the frame can make `missing`. */
export interface OuraTool<Name extends string = string> extends Face<Name> {
  asks: "oura";
  /** Checks the arguments; throws `bad_input`. */
  ask(input: unknown): Asked<ToolContext, OuraAnswer>;
}

/** A tool that answers from the account alone. Its context has no reader, so it cannot read health data. */
export interface AccountTool<Name extends string = string> extends Face<Name> {
  asks: "account";
  ask(input: unknown): Asked<AccountContext, { summary: string }>;
}

interface Face<Name extends string> {
  name: Name;
  title: string;
  /** What it answers, what it does not, and which tool to use instead. */
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Every scope it can use. Without any of them it answers "not granted". */
  scopes: readonly ScopeName[];
  /** Whether the tool passes picture data to `context.draw`, for hosts that show views. */
  hasPicture?: boolean;
}

/** A question whose arguments have been checked. */
export interface Asked<Context, Answer> {
  /** The arguments with their defaults. */
  input: Readonly<Record<string, unknown>>;
  /** How they were read, where the answer has to say so. */
  readAs: readonly string[];
  answer(context: Context): Promise<Answer>;
}

export interface OuraAnswer {
  summary: string;
  missing: Missing;
}

/** What a tool knows of the person's account. */
export interface AccountContext {
  access: Access;
  standing: Standing;
  /** The URL of the person's panel. */
  panelUrl: string;
}

export interface ToolContext extends AccountContext {
  /** Epoch ms. */
  now: number;
  reader: OuraReader;
  clock: WearerClock;
  /** Passes picture data to the view; absent when the host shows no view. */
  draw?(picture: Picture): void;
}
