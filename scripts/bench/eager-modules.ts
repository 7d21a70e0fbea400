import type { Metafile } from "../bundle-worker.ts";

/**
 * The files that are evaluated when the worker starts, with their bytes in the bundle: those that the entry reaches without
 * an `import()`. The bundler puts every other file into a function that the first `import()` calls.
 */
export function eagerModules({ inputs, outputs }: Metafile): Map<string, number> {
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint !== undefined);
  const eager = new Map<string, number>();
  const waiting = [output?.entryPoint];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (eager.has(path)) continue;
    eager.set(path, output?.inputs[path]?.bytesInOutput ?? 0);
    for (const imported of inputs[path]?.imports ?? []) {
      if (imported.kind !== "dynamic-import" && imported.external !== true) waiting.push(imported.path);
    }
  }
  return eager;
}

/** The modules that the bundle imports from the platform, by name. All of them are evaluated when the worker starts. */
export function platformModules({ inputs }: Metafile): string[] {
  const paths = Object.values(inputs).flatMap(({ imports }) =>
    imports.flatMap(({ path, external }) => (external === true && /^\w+:/.test(path) ? [path] : [])),
  );
  return [...new Set(paths)].sort();
}
