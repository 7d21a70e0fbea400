/** The part of a bundler's metafile that is read here: the bytes of each input in each output. */
interface Outputs {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

/** The files of packages that contribute bytes to a bundle. */
export function packageFilesIn({ outputs }: Outputs): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 && packageNameOf(file) ? [file] : []));
}

/** The innermost package that contains a path, or null outside of packages. */
export function packageNameOf(path: string): string | null {
  return path.match(/.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? null;
}
