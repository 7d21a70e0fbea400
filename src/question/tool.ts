import type * as z from "zod";
import type { Standing } from "../connection/standing.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Access } from "./access.ts";
import type { Missing } from "./gaps.ts";
import type { WearerClock } from "./wearer-clock.ts";

/**
 * A tool of the MCP server: its description and a method to ask it. A tool depends neither on MCP nor on the
 * environment. `defineTool` makes tools that read Oura. `defineAccountTool` makes tools that only use the account's own
 * data.
 */
export type Tool<Name extends string = string> = OuraTool<Name> | AccountTool<Name>;

/**
 * A tool that reads health data. Only `defineTool` can make its answer, because no other code can make a value of the
 * type `Missing`.
 */
export interface OuraTool<Name extends string = string> extends Face<Name> {
  asks: "oura";
  /** Checks the arguments. Throws `bad_input` when an argument is not accepted. */
  ask(input: unknown): Asked<ToolContext, OuraAnswer>;
}

/**
 * A tool that only uses the account's own data, such as permissions. Its context has no reader, so it cannot read
 * health data.
 */
export interface AccountTool<Name extends string = string> extends Face<Name> {
  asks: "account";
  ask(input: unknown): Asked<AccountContext, { summary: string }>;
}

interface Face<Name extends string> {
  name: Name;
  title: string;
  /** What the tool answers, what it does not answer, and which tool to use instead. The assistant reads this text. */
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /**
   * Every scope (permission) that the tool can use. A call with none of these scopes is answered with "not granted".
   */
  scopes: readonly ScopeName[];
  /**
   * Whether the tool passes picture data to `context.draw`. A host that shows views (MCP Apps pages) draws the picture
   * beside the answer.
   */
  hasPicture?: boolean;
}

/** A question to a tool, with arguments that have been checked. */
export interface Asked<Context, Answer> {
  /** The arguments, with defaults for those that were not given. */
  input: Readonly<Record<string, unknown>>;
  /** Sentences for the answer about arguments that were interpreted, for example that "sleep" means sleep_score. */
  readAs: readonly string[];
  answer(context: Context): Promise<Answer>;
}

export interface OuraAnswer {
  summary: string;
  missing: Missing;
}

/** What a tool knows about the person's account. */
export interface AccountContext {
  access: Access;
  standing: Standing;
  /** The URL of the page on which the person manages the account. */
  panelUrl: string;
}

export interface ToolContext extends AccountContext {
  /** The instant of the question, in epoch ms. */
  now: number;
  reader: OuraReader;
  clock: WearerClock;
  /**
   * Passes picture data to the view (an MCP Apps page) that the host shows beside the answer. Absent when the host
   * shows no views.
   */
  draw?(picture: Picture): void;
}
