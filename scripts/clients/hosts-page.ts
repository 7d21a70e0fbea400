import type { Conversion } from "./convert-schemas.ts";
import type { ClientReport } from "./run-client.ts";

const begin = "<!-- written by npm run clients -- --write -->";
const end = "<!-- end of what npm run clients wrote -->";

export interface HostsRun {
  day: string;
  clients: readonly ClientReport[];
  conversions: readonly Conversion[];
}

export const clientHeading = [
  "client",
  "version",
  "clicks of a person who is new to the server",
  "clicks of a person who signed in before",
  "tools that the client lists",
  "what a tool call returns",
  "what a call with a mistake returns",
  "next call after the access token expired",
  "next call after the person revoked the access",
] as const;

export function clientCells(report: ClientReport): (string | number)[] {
  const { name, version, newClicks, knownClicks, tools, call, error, refresh, revoke } = report;
  return [name, version, newClicks, knownClicks, tools, call, error, refresh, revoke];
}

export const conversionHeading = [
  "library, and the kind of schema that it makes",
  "version of the library",
  "number of tools in the request to the model",
  "keywords that the library drops from the tools' schemas",
] as const;

export function conversionCells({ name, version, tools, losses }: Conversion): (string | number)[] {
  return [name, version, tools, sayLosses(losses)];
}

/** "default at 8 arguments, minimum at 4 arguments", or "none". */
function sayLosses(losses: readonly string[]): string {
  if (losses.length === 0) return "none";
  const byKeyword = Map.groupBy(losses, (loss) => loss.split(": ").slice(1).join(": "));
  return [...byKeyword]
    .map(([keyword, all]) => `${keyword} (${all.length}, first ${all[0]?.split(": ")[0]})`)
    .join("; ");
}

export function writeRun(page: string, { day, clients, conversions }: HostsRun): string {
  const [before, after] = [page.split(begin)[0], page.split(end)[1]];
  if (before === undefined || after === undefined) throw new Error("docs/hosts.md has no place for the tables.");
  const tables = [
    `Last run: ${day}.`,
    markdownTable(clientHeading, clients.map(clientCells)),
    "Libraries convert the input schemas of the tools before they send the schemas to a language model. The last column of " +
      "the next table shows what this conversion loses:",
    markdownTable(conversionHeading, conversions.map(conversionCells)),
  ];
  return `${before}${begin}\n\n${tables.join("\n\n")}\n\n${end}${after}`;
}

function markdownTable(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heading), `|${"---|".repeat(heading.length)}`, ...rows.map(line)].join("\n");
}
