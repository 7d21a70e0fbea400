import type * as z from "zod";
import type { Standing } from "../connection/standing.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Access } from "./access.ts";
import type { Missing } from "./gaps.ts";
import type { WearerClock } from "./wearer-clock.ts";

/** A tool of the MCP server. Its code depends neither on the MCP protocol nor on the Workers runtime. */
export type Tool<Name extends string = string> = OuraTool<Name> | AccountTool<Name>;

/**
 * A tool that reads health data. Its answer contains a value of the type `Missing`, the list of missing values. Only
 * the code behind `defineTool` can make such a value, so no tool can answer without the list.
 */
export interface OuraTool<Name extends string = string> extends Face<Name> {
  asks: "oura";
  /** Throws the failure `bad_input` when an argument is not accepted. */
  ask(input: unknown): Asked<ToolContext, OuraAnswer>;
}

/**
 * A tool that uses only the account's own data, such as permissions. It gets no reader for Oura, so it cannot read
 * health data.
 */
export interface AccountTool<Name extends string = string> extends Face<Name> {
  asks: "account";
  ask(input: unknown): Asked<AccountContext, { summary: string }>;
}

interface Face<Name extends string> {
  name: Name;
  title: string;
  /** For the assistant: what the tool answers, what it does not answer, and which tool to use instead. */
  description: string;
  input: z.ZodObject;
  output: z.ZodObject;
  /** Every scope (permission) that the tool can use. If the caller has none of them, the call fails. */
  scopes: readonly ScopeName[];
  /**
   * Some of the scopes in `scopes`: the tool uses them only for a part of its answers. The value at each scope is a
   * text that names this part.
   */
  partScopes: Readonly<Partial<Record<ScopeName, string>>>;
  /**
   * Whether the tool passes picture data to `context.draw`. A host that supports MCP Apps draws the picture beside the
   * answer.
   */
  hasPicture?: boolean;
}

export interface Asked<Context, Answer> {
  /** An argument that was not sent has its default value. */
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

export interface AccountContext {
  access: Access;
  standing: Standing;
  /** The URL of the account page. */
  panelUrl: string;
}

export interface ToolContext extends AccountContext {
  /** In epoch ms. */
  now: number;
  reader: OuraReader;
  clock: WearerClock;
  /**
   * Passes picture data to the view (an MCP Apps page) that the host shows beside the answer. Absent when the host
   * shows no views.
   */
  draw?(picture: Picture): void;
}
