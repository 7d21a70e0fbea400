import type * as z from "zod";
import type { Standing } from "../connection/standing.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Access } from "./access.ts";
import type { Missing } from "./gaps.ts";
import type { WearerClock } from "./wearer-clock.ts";

/**
 * A tool of the MCP server: its description, and a method that answers a question. The code of a tool depends neither
 * on the MCP protocol nor on the Workers runtime. `defineTool` makes tools that read Oura's data. `defineAccountTool`
 * makes tools that only use the account's own data, such as permissions.
 */
export type Tool<Name extends string = string> = OuraTool<Name> | AccountTool<Name>;

/**
 * A tool that reads health data. Its answer has a field of the type `Missing`, which only the code behind `defineTool`
 * can make. So no tool can answer without the list of missing values.
 */
export interface OuraTool<Name extends string = string> extends Face<Name> {
  asks: "oura";
  /** Checks the arguments. Throws the failure `bad_input` when an argument is not accepted. */
  ask(input: unknown): Asked<ToolContext, OuraAnswer>;
}

/**
 * A tool that only uses the account's own data, such as permissions. It does not get an object for reading from Oura,
 * so it cannot read health data.
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
   * Every scope (permission) that the tool can use. If the caller has none of these scopes, the call fails with a
   * message that permission was not granted.
   */
  scopes: readonly ScopeName[];
  /**
   * The scopes among `scopes` that the tool uses only for a part of its answers. The text of each scope names this part.
   */
  partScopes: Readonly<Partial<Record<ScopeName, string>>>;
  /**
   * Whether the tool passes picture data to `context.draw`. A host that supports MCP Apps draws the picture on a page
   * beside the answer.
   */
  hasPicture?: boolean;
}

/** A question to a tool, with arguments that have been checked. */
export interface Asked<Context, Answer> {
  /** The arguments. An argument that was not sent has its default value. */
  input: Readonly<Record<string, unknown>>;
  /**
   * Sentences for the answer that say how arguments were interpreted, for example that "sleep" was read as sleep_score.
   */
  readAs: readonly string[];
  answer(context: Context): Promise<Answer>;
}

export interface OuraAnswer {
  summary: string;
  missing: Missing;
}

/** What a tool gets to know about the person's account. */
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
