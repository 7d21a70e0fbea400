import { z } from "zod";

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      link: z.boolean().default(false),
      /** Part of another package's archive, whose checksum covers it. */
      inBundle: z.boolean().default(false),
      optionalDependencies: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/**
 * Problems of a package-lock.json, one sentence each: a package without a checksum or with a download address, or a
 * missing platform binary.
 */
export function lockfileObjections(text: string): string[] {
  const { packages } = lockfile.parse(JSON.parse(text));
  const listed = new Set(Object.keys(packages).map(nameOf));
  return Object.entries(packages).flatMap(
    ([path, { version, integrity, resolved, optionalDependencies, ...found }]) => {
      const id = path === "" ? "This project" : `${nameOf(path)}@${version}`;
      const isDownloaded = path !== "" && !found.link && !found.inBundle;
      const unlisted = Object.keys(optionalDependencies).filter((name) => !listed.has(name));
      return [
        ...(isDownloaded && !integrity
          ? [`${id} has no integrity, so \`npm ci\` does not verify what it downloads.`]
          : []),
        ...(isDownloaded && resolved ? [`${id} has a resolved address, which ties the lockfile to one registry.`] : []),
        ...unlisted.map((name) => `${id} can use ${name}, which is missing: platforms that need it cannot install.`),
      ];
    },
  );
}

/** The package at a path such as node_modules/one/node_modules/@scope/two. */
function nameOf(path: string): string {
  return path.split("node_modules/").at(-1) ?? path;
}
