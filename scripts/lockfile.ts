import { readFileSync } from "node:fs";
import { lockfileObjections } from "./lockfile/lockfile-objections.ts";

/**
 * `npm run lockfile`: fails if package-lock.json lacks a package's checksum or a platform's binary, or contains a
 * download address. npm installs from such a lockfile without a warning.
 */
const objections = lockfileObjections(readFileSync("package-lock.json", "utf8"));
const shown = 10;
for (const objection of objections.slice(0, shown)) console.error(objection);
if (objections.length > shown) console.error(`… and ${objections.length - shown} more.`);
if (objections.length > 0) {
  console.error(
    "Restore package-lock.json with git and run `npm install -E NAME` again. npm leaves checksums out where the file was " +
      "deleted beside an existing node_modules; to write it anew, delete both.",
  );
  process.exitCode = 1;
}
