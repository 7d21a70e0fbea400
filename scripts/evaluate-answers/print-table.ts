/** Prints rows under a heading, each column as wide as its widest cell; numbers stand to the right. */
export function printTable(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const texts = [heading, ...rows].map((row) => row.map(String));
  const widths = heading.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  texts.forEach((row, index) => {
    const cells = row.map((text, column) => {
      const isNumber = typeof rows[Math.max(0, index - 1)]?.[column] === "number";
      return isNumber ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
    });
    console.log(cells.join("  ").trimEnd());
  });
}
