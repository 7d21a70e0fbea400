import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const installedPackage = z.object({ version: z.string() });

/** The clients of scripts/clients/programs, installed in a folder of their own beside the programs that use them. */
export interface InstalledClients {
  folder: string;
  versionOf(name: string): string;
}

export function installClients(folder: string): InstalledClients {
  cpSync("scripts/clients/programs", folder, { recursive: true });
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
  return {
    folder,
    versionOf: (name) =>
      installedPackage.parse(JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")))
        .version,
  };
}
