import { readFileSync } from "node:fs";
import { z } from "zod";

/** `npm run licences`: fails when a package the worker may ship has a licence that is not on this list. */
const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "Unlicense", "CC0-1.0"];

const manifest = z.object({ license: z.string().nullish() });
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
      peer: z.boolean().optional(),
    }),
  ),
});

const { packages } = lockfile.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const runtime = Object.entries(packages).filter(
  // Peers and optional packages are installed beside the worker's own; none that is only for development counts.
  ([path, entry]) => path !== "" && !entry.dev && !entry.devOptional,
);
const licences = runtime.map(([path, entry]) => ({ path, licence: licenceOf(path, entry.optional === true) }));
const wrong = licences.filter(({ licence }) => licence !== null && !allows(licence));

for (const { path, licence } of wrong) console.error(`${path.replace(/^.*node_modules\//, "")}: ${licence}`);
console.log(`${licences.length} packages at run time, ${wrong.length} with a licence outside the list.`);
if (wrong.length > 0) process.exitCode = 1;

/** Null for an optional package of another platform, which is not here. */
function licenceOf(path: string, isOptional: boolean): string | null {
  try {
    return manifest.parse(JSON.parse(readFileSync(`${path}/package.json`, "utf8"))).license ?? "none named";
  } catch (error) {
    if (isOptional) return null;
    throw error;
  }
}

/** One of several offered is enough; of several demanded each has to be allowed. */
function allows(expression: string): boolean {
  const text = expression.replace(/[()]/g, "");
  return text.split(" OR ").some((offer) => offer.split(" AND ").every((name) => allowed.includes(name.trim())));
}
