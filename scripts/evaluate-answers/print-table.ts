/** Characters of a heading's line in a column with short cells. */
const headingWidth = 18;

/** Prints rows under a heading. A long heading takes several lines. Each column is as wide as its widest text, and numbers stand to the right. */
export function printTable(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const texts = rows.map((row) => row.map(String));
  const widest = (lines: readonly (readonly string[])[], column: number) =>
    Math.max(0, ...lines.map((line) => line[column]?.length ?? 0));
  const wrapped = heading.map((text, column) => wrap(text, Math.max(headingWidth, widest(texts, column))));
  const depth = Math.max(...wrapped.map((lines) => lines.length));
  const headingLines = Array.from({ length: depth }, (_, line) => wrapped.map((lines) => lines[line] ?? ""));
  const all = [...headingLines, ...texts];
  const widths = heading.map((_, column) => widest(all, column));
  all.forEach((row, index) => {
    const cells = row.map((text, column) => {
      const isNumber = typeof rows[Math.max(0, index - depth)]?.[column] === "number";
      return isNumber ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
    });
    console.log(cells.join("  ").trimEnd());
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
