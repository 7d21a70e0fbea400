/** One small way to break the code, and the tests that should notice. */
export interface PlantedFault {
  /** What goes wrong with this fault, in plain words. */
  name: string;
  file: string;
  /** Occurs in the file exactly once. */
  find: string;
  replace: string;
  /** As few test files as detect the fault, because each takes seconds. */
  tests: readonly string[];
}

/** The text of the fault's file with the fault in it; throws when `find` does not occur exactly once. */
export function plantFault(source: string, { name, file, find, replace }: PlantedFault): string {
  const count = source.split(find).length - 1;
  if (count !== 1) {
    throw new Error(
      `The list of planted faults is out of date: "${name}" looks for a text that stands ${count} times in ${file}, ` +
        `and not once:\n${find}`,
    );
  }
  return source.replace(find, () => replace); // as it stands: a text would have its $ read as patterns
}
