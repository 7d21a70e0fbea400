import type { RouteWithin } from "../oura/routes.ts";
import { type ScopeName, scopeLabel, scopeNames } from "../oura/scopes.ts";
import type { Tool } from "./tool.ts";

/**
 * Two scopes (permissions) that every tool uses if it reads Oura's data. The text of each scope says what the tool
 * learns from it. A tool also answers without these scopes, but it then knows less about the reasons for missing
 * values.
 */
export const explainingScopes = {
  daily: "which days are synced, rest mode and the time zone",
  ring_configuration: "what the ring measures, and since when it is in use",
} as const satisfies Partial<Record<ScopeName, string>>;

/** The routes of Oura's API that the shared code may read for every tool. */
export type ExplainingRouteName = RouteWithin<keyof typeof explainingScopes>;

/**
 * Lists the names of a tool's scopes as words for a sentence. A scope that the tool uses only for a part of its answers
 * comes last and is followed by this part: "Ring Configuration and Personal Info (the profile)".
 */
export function sayScopes(names: readonly ScopeName[], partScopes: Tool["partScopes"]): string {
  const whole = names.filter((name) => partScopes[name] === undefined).map(scopeLabel);
  const parts = names.flatMap((name) => {
    const part = partScopes[name];
    return part === undefined ? [] : [`${scopeLabel(name)} (${part})`];
  });
  return new Intl.ListFormat("en", { type: "conjunction" }).format([...whole, ...parts]);
}

export function sayExplainingScopes(): string {
  const names = scopeNames.filter((name) => name in explainingScopes);
  return (
    "To explain missing values, every tool that reads Ōura's data also uses " +
    `${sayScopes(names, explainingScopes)}, as far as they are granted.`
  );
}
