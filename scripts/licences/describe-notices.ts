import { allows } from "./allows.ts";

export interface Package {
  name: string;
  /** Its SPDX expression, or null. */
  licence: string | null;
  texts: readonly string[];
}

/** The reason why a package must not be shipped, or null. */
export function objectionTo({ name, licence, texts }: Package): string | null {
  if (licence === null) return `${name} names no licence`;
  if (!allows(licence)) return `${name} is under ${licence}, which is not on the list in scripts/licences/allows.ts`;
  if (texts.length === 0) return `${name} comes without the text of its licence, which has to be passed on`;
  return null;
}

/** The notices for the deployment. Without versions, so that an update changes them only if a licence changes. */
export function describeNotices(packages: readonly Package[]): string {
  const holders = new Map<string, string[]>();
  for (const { name, licence, texts } of packages) {
    const text = texts.map(tidy).join("\n\n");
    holders.set(text, [...(holders.get(text) ?? []), `${name} (${licence})`]);
  }
  const parts = [...holders].map(([text, names]) => `${line}\n${names.join("\n")}\n${line}\n\n${text}\n`);
  return [opening, ...parts].join("\n");
}

const line = "-".repeat(80);

const opening = `Ringbridge, as it is deployed, contains code of the packages below. This file is written by
"npm run licences -- --write" from what the bundler put in, and "npm run check" holds it current.
`;

function tidy(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[ \t]+$/gm, "")
    .trim();
}
