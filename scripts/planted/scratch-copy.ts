import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A copy of the project to break, in a new folder. Packages are the project's own, by a link. */
export function createScratchCopy(): string {
  const directory = mkdtempSync(join(tmpdir(), "ringbridge-planted-"));
  for (const file of listFiles()) cpSync(file, join(directory, file));
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"), "junction"); // a kind Windows lets anybody make
  return directory;
}

export function removeScratchCopy(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 }); // a runtime that was just ended may still write
}

/** What git knows or would add: no packages, no settings of a developer's own, nothing built. */
function listFiles(): string[] {
  const parameters = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", parameters, { encoding: "utf8", maxBuffer: 16 << 20 });
  return listed.split("\0").filter((file) => file !== "" && existsSync(file));
}
