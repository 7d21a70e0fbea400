import type { Conversion } from "./convert-schemas.ts";
import type { ClientReport } from "./run-client.ts";

const begin = "<!-- written by npm run clients -- --write -->";
const end = "<!-- end of what npm run clients wrote -->";

export interface HostsRun {
  /** The day of the run, YYYY-MM-DD. */
  day: string;
  clients: readonly ClientReport[];
  conversions: readonly Conversion[];
}

export const clientHeading = [
  "client",
  "version",
  "clicks, new person",
  "clicks, known person",
  "tools listed",
  "a tool call",
  "a call with a mistake is refused",
  "goes on after the token expired",
  "after access was revoked",
] as const;

export function clientCells(report: ClientReport): (string | number)[] {
  const { name, version, newClicks, knownClicks, tools, call, error, refresh, revoke } = report;
  return [name, version, newClicks, knownClicks, tools, call, error, refresh, revoke];
}

export const conversionHeading = ["library", "version", "tools", "schema keywords lost"] as const;

export function conversionCells({ name, version, tools, losses }: Conversion): (string | number)[] {
  return [name, version, tools, sayLosses(losses)];
}

/** "default at 8 arguments, minimum at 4 arguments", or "nothing". */
function sayLosses(losses: readonly string[]): string {
  if (losses.length === 0) return "nothing";
  const byKeyword = Map.groupBy(losses, (loss) => loss.split(": ").slice(1).join(": "));
  return [...byKeyword]
    .map(([keyword, all]) => `${keyword} (${all.length}, first ${all[0]?.split(": ")[0]})`)
    .join("; ");
}

/** The page with the tables of a run in place of the last one's. */
export function writeRun(page: string, { day, clients, conversions }: HostsRun): string {
  const [before, after] = [page.split(begin)[0], page.split(end)[1]];
  if (before === undefined || after === undefined) throw new Error("docs/hosts.md has no place for the tables.");
  const tables = [
    `Last run: ${day}.`,
    markdownTable(clientHeading, clients.map(clientCells)),
    "What libraries make of the tools' input schemas before they send them to a language model:",
    markdownTable(conversionHeading, conversions.map(conversionCells)),
  ];
  return `${before}${begin}\n\n${tables.join("\n\n")}\n\n${end}${after}`;
}

function markdownTable(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heading), `|${"---|".repeat(heading.length)}`, ...rows.map(line)].join("\n");
}
