import { readPageForm } from "../../sandbox/page-form.ts";
import type { Visitor } from "../../sandbox/visitor.ts";

interface Choices {
  name?: string;
  scopes?: readonly string[];
  days?: string;
}

/** Opens the page with the form; returns the form as the person sends it. */
export async function openTokenForm(browser: Visitor, choices: Choices = {}): Promise<URLSearchParams> {
  const { name = "Test program", scopes, days = "30" } = choices;
  const { fields, boxes } = readPageForm(await (await browser.open("/access-token")).text());
  const ticked = scopes ?? boxes.filter(({ ticked }) => ticked).map(({ value }) => value);
  return new URLSearchParams([
    ...Object.entries({ ...fields, name, days }),
    ...ticked.map((scope) => ["scope", scope]),
  ]);
}

/** The token that a page shows; empty when it shows none. */
export function readShownToken(html: string): string {
  return /id="shown-access-token">\s*(ringbridge_[0-9a-z]+)/.exec(html)?.[1] ?? "";
}

/** Makes an access token in the panel of a person who has signed in. */
export async function makeAccessToken(browser: Visitor, choices: Choices = {}): Promise<string> {
  const answer = await browser.submitForm("/access-token", await openTokenForm(browser, choices));
  return readShownToken(await answer.text());
}
