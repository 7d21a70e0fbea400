import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Unpacks @sparticuz/chromium with the system libraries and fonts it brings, once per installation of the packages, so that
 * the browser tests need nothing of the system. Returns the directory.
 */
export function unpackChromium(): string {
  const home = resolve("node_modules/.cache/chromium");
  if (existsSync(home)) return home;
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  // The package decides by its environment what to unpack and where, so it runs in a process that has that environment.
  execFileSync(
    process.execPath,
    ["-e", 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())'],
    { env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" } },
  );
  writeFileSync(`${unfinished}/fonts.conf`, fontConfiguration(home));
  try {
    renameSync(unfinished, home); // complete, or not there at all
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(home)) throw error; // another run was faster
  }
  return home;
}

/** The package's own configuration names fixed directories; this Chromium aborts when it finds no font at all. */
function fontConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`;
}
