import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Unpacks @sparticuz/chromium with its system libraries and fonts, once per installation of the packages, so that the
 * browser tests need no system packages. Returns the directory.
 */
export function unpackChromium(): string {
  const home = resolve("node_modules/.cache/chromium");
  if (existsSync(home)) return home;
  const unfinished = `${home}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  // The package reads the environment to decide what to unpack and where, so it runs in a separate process.
  execFileSync(
    process.execPath,
    ["-e", 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())'],
    { env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" } },
  );
  writeFileSync(`${unfinished}/fonts.conf`, fontConfiguration(home));
  try {
    renameSync(unfinished, home); // atomic: the directory is complete or absent
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(home)) throw error; // another run has unpacked it meanwhile
  }
  return home;
}

/** The package's configuration has fixed directories, and Chromium aborts if it finds no font. */
function fontConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`;
}
