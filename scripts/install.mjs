// Runs before every command on the installed Node (22 or newer), so it is plain JavaScript without packages.
// It installs the locked packages if they are missing or older than the lockfile.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [major] = process.versions.node.split(".").map(Number);
if (major < 22) {
  console.error(`Ringbridge needs Node 22 or newer; this is ${process.version}. Get it at https://nodejs.org.`);
  process.exit(1);
}

const marker = "node_modules/.installed";
const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const installed = existsSync(marker) && readFileSync(marker, "utf8") === wanted;
if (!installed) {
  console.log("Installing packages (about a minute, only when the lockfile changes) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    console.error("Installing failed. The lines above say why. Fix that and run the same command again.");
    process.exit(result.status ?? 1);
  }
  writeFileSync(marker, wanted);
}
