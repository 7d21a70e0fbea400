import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { bundleView } from "../build-view.ts";
import { bundleWorker } from "../bundle-worker.ts";
import type { Package } from "./describe-notices.ts";
import { packageFilesIn, packageNameOf } from "./packages-in.ts";

const manifest = z.object({
  license: z.string().nullish(),
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).nullish(),
});
const sourceMap = z.object({ sources: z.array(z.string()) });

/**
 * The packages with code in the deployed worker and view, according to the bundler. Packages bundled inside another
 * package's built files are found in their source maps.
 */
export async function shippedPackages(): Promise<Package[]> {
  const files = [...packageFilesIn(await bundleWorker()), ...packageFilesIn((await bundleView()).metafile)];
  const homes = new Map<string, string>();
  for (const file of files) {
    const name = packageNameOf(file);
    if (name) homes.set(name, file.replace(/(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\/.*/, "$1"));
  }
  for (const name of files.flatMap(carriedBy)) if (!homes.has(name)) homes.set(name, `node_modules/${name}`);
  return [...homes].map(([name, home]) => readPackage(name, home)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function carriedBy(file: string): string[] {
  if (!existsSync(`${file}.map`)) return [];
  const { sources } = sourceMap.parse(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  return sources.flatMap((source) => packageNameOf(source) ?? []);
}

function readPackage(name: string, home: string): Package {
  if (!existsSync(`${home}/package.json`)) return { name, licence: null, texts: [] };
  const { license = null, author } = manifest.parse(JSON.parse(readFileSync(`${home}/package.json`, "utf8")));
  const texts = readdirSync(home)
    .filter((file) => /^(licen[cs]e|notice|copying)\b/i.test(file))
    .sort()
    .map((file) => readFileSync(`${home}/${file}`, "utf8"));
  if (texts.length === 0 && license === "MIT" && author) texts.push(mitFor(author));
  return { name, licence: license, texts };
}

/**
 * The MIT text for a package that names MIT and its author but contains no text: the terms are those of our LICENSE.
 */
function mitFor(author: string): string {
  const terms = readFileSync("LICENSE", "utf8").replace(
    /^Copyright .*$/m,
    `Copyright (c) ${author.replace(/ *<.*>/, "")}`,
  );
  return terms.trim();
}
