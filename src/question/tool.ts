import type * as z from "zod";
import type { Standing } from "../connection/standing.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Access } from "./access.ts";
import type { Missing } from "./gaps.ts";
import type { WearerClock } from "./wearer-clock.ts";

/**
 * A tool as everything outside sees it: its public face, and a way to ask it. It knows nothing of MCP or of the
 * environment. `defineTool` makes one that reads Oura, `defineAccountTool` one that tells of the account alone.
 */
export type Tool<Name extends string = string> = OuraTool<Name> | AccountTool<Name>;

/** A tool that reads health data. Only the frame can make its answer, because only the frame can make `missing`. */
export interface OuraTool<Name extends string = string> extends Face<Name> {
  asks: "oura";
  /** Checks the arguments; throws `bad_input`. */
  ask(input: unknown): Asked<ToolContext, OuraAnswer>;
}

/** A tool that tells of the account. It gets nothing to read health data with, so nothing can be missing. */
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
  /** The scopes it can use at all; without any of them it answers "not granted". */
  scopes: readonly ScopeName[];
  /** Set where a host that can show views draws the answer; the tool then offers `context.draw` a picture. */
  hasPicture?: boolean;
}

/** A question whose arguments have been checked. */
export interface Asked<Context, Answer> {
  /** The arguments with their defaults. */
  input: Readonly<Record<string, unknown>>;
  answer(context: Context): Promise<Answer>;
}

export interface OuraAnswer {
  summary: string;
  missing: Missing;
}

/** What a tool is told of the person. */
export interface AccountContext {
  access: Access;
  standing: Standing;
  /** Where the person manages all this. */
  panelUrl: string;
}

export interface ToolContext extends AccountContext {
  /** Epoch ms. */
  now: number;
  reader: OuraReader;
  clock: WearerClock;
  /** Takes what a view draws; absent where nothing is drawn. */
  draw?(picture: Picture): void;
}
