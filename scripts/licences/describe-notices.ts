import { allows } from "./allows.ts";

export interface Package {
  name: string;
  /** The SPDX expression it names, or null where it names none. */
  licence: string | null;
  /** Its licence and notices, word for word. */
  texts: readonly string[];
}

/** What keeps a package from being shipped, or null. */
export function objectionTo({ name, licence, texts }: Package): string | null {
  if (licence === null) return `${name} names no licence`;
  if (!allows(licence)) return `${name} is under ${licence}, which is not on the list in scripts/licences/allows.ts`;
  if (texts.length === 0) return `${name} comes without the text of its licence, which has to be passed on`;
  return null;
}

/** The notices that go with what is deployed. Versions are left out: an update that changes no licence changes nothing here. */
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

/** Without the spaces at line ends and the line ends that differ from package to package. */
function tidy(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll(/[ \t]+$/gm, "")
    .trim();
}
