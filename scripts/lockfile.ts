import { readFileSync } from "node:fs";
import { lockfileObjections } from "./lockfile/lockfile-objections.ts";

/**
 * `npm run lockfile`: fails if a package-lock.json lacks a package's checksum or a platform's binary, or contains a
 * download address. npm installs from such a lockfile without a warning. The project has one, and the clients of
 * `npm run clients` have another.
 */
const lockfiles = ["package-lock.json", "scripts/clients/programs/package-lock.json"];
const shown = 10;
for (const path of lockfiles) {
  const objections = lockfileObjections(readFileSync(path, "utf8"));
  for (const objection of objections.slice(0, shown)) console.error(`${path}: ${objection}`);
  if (objections.length > shown) console.error(`… and ${objections.length - shown} more.`);
  if (objections.length > 0) {
    console.error(
      `Restore ${path} with git and run \`npm install -E NAME\` again in its folder. npm leaves checksums out where the file was ` +
        "deleted beside an existing node_modules; to write it anew, delete both.",
    );
    process.exitCode = 1;
  }
}
