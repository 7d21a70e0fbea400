/** A short text an assistant may read once and keep: the same for everybody, made from the code's own tables. */
export interface Resource {
  name: string;
  uri: `ringbridge://${string}`;
  title: string;
  description: string;
  /** Markdown. */
  text(): string;
}

/** "| a | b |" lines of a table. */
export function writeTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}
