/** A short reference text, built from the code's own tables. It is the same for all users, so clients may cache it. */
export interface Resource {
  name: string;
  uri: `ringbridge://${string}`;
  title: string;
  description: string;
  /** Markdown. */
  text(): string;
}

/** A Markdown table. */
export function writeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}
