import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** `npm run licences`: fails when a package the worker may ship has a licence that is not on this list. */
const allowed = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "MIT-0", "Unlicense", "CC0-1.0"];

const manifest = z.object({ license: z.string().nullish() });
const entry = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
const lockfile = z.object({ packages: z.record(z.string(), entry) });

const { packages } = lockfile.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const licences = [...packagesBelow("")].map((path) => ({ path, licence: licenceOf(path) }));
const wrong = licences.filter(({ licence }) => licence !== null && !allows(licence));

for (const { path, licence } of wrong) console.error(`${path.replace(/^.*node_modules\//, "")}: ${licence}`);
console.log(`${licences.length} packages at run time, ${wrong.length} with a licence outside the list.`);
if (wrong.length > 0) process.exitCode = 1;

/** Where the packages are that these dependencies lead to. Peers are left out: what ships of them is named by ourselves. */
function packagesBelow(path: string, found = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies } = entry.parse(packages[path]);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const below = placeOf(name, path);
    if (below === null || found.has(below)) continue;
    found.add(below);
    packagesBelow(below, found);
  }
  return found;
}

/** As Node looks for a package: beside the one that asks, then further and further out. */
function placeOf(name: string, from: string): string | null {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    const candidate = `${place === "" ? "" : `${place}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (place === "") return null;
  }
}

/** Null for an optional package of another platform, which is not here. */
function licenceOf(path: string): string | null {
  if (!existsSync(`${path}/package.json`)) return null;
  return manifest.parse(JSON.parse(readFileSync(`${path}/package.json`, "utf8"))).license ?? "none named";
}

/** One of several offered is enough; of several demanded each has to be allowed. */
function allows(expression: string): boolean {
  const text = expression.replace(/[()]/g, "");
  return text.split(" OR ").some((offer) => offer.split(" AND ").every((name) => allowed.includes(name.trim())));
}
