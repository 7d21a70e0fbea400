/** A short reference text, built from tables in the code. It is the same for all users, so clients may cache it. */
export interface Resource {
  name: string;
  uri: `ringbridge://${string}`;
  title: string;
  description: string;
  /** In Markdown. */
  text(): string;
}

export function writeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}
