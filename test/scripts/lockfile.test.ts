import { describe, expect, it } from "vitest";
import lockfile from "../../package-lock.json?raw";
import clientsLockfile from "../../scripts/clients/programs/package-lock.json?raw";
import { lockfileObjections } from "../../scripts/lockfile/lockfile-objections.ts";

/** A lockfile with the root and these packages. */
function lockfileOf(packages: Record<string, object>, root: object = {}): string {
  return JSON.stringify({
    lockfileVersion: 3,
    packages: { "": { name: "root", version: "1.0.0", ...root }, ...packages },
  });
}

const one = { version: "1.2.3", integrity: "sha512-AAAA" };

describe("the lockfile", () => {
  it.each([
    ["the project", lockfile],
    ["the clients of npm run clients", clientsLockfile],
  ])("of %s has a checksum for every package and platform, and no registry addresses", (_name, text) => {
    expect(lockfileObjections(text)).toEqual([]);
  });

  it("is refused with the package's name if an integrity line is missing", () => {
    const entry = /(\n {4}"node_modules\/hono": \{\n {6}"version": "[^"]+",)\n {6}"integrity": "[^"]+",/;
    expect(lockfile).toMatch(entry);
    expect(lockfileObjections(lockfile.replace(entry, "$1"))).toEqual([
      expect.stringMatching(/^hono@[\d.]+ has no integrity/),
    ]);
  });

  it("is refused if it contains a download address", () => {
    const resolved = "https://registry.test/one-1.2.3.tgz";
    expect(lockfileObjections(lockfileOf({ "node_modules/one": { ...one, resolved } }))).toEqual([
      expect.stringContaining("one@1.2.3 has a resolved address"),
    ]);
  });

  it("is refused if another platform's binary is missing", () => {
    const packages = {
      "node_modules/two/node_modules/@scope/one": { ...one, optionalDependencies: { "one-win32": "1" } },
    };
    expect(lockfileObjections(lockfileOf(packages))).toEqual([
      expect.stringContaining("@scope/one@1.2.3 can use one-win32, which is missing"),
    ]);
    expect(lockfileObjections(lockfileOf({ ...packages, "node_modules/one-win32": one }))).toEqual([]);
  });

  it("needs no checksum for what is not downloaded: the project, a linked folder, bundled packages", () => {
    const packages = {
      "node_modules/one": { ...one },
      "node_modules/one/node_modules/inside": { version: "1.0.0", inBundle: true },
      "node_modules/linked": { resolved: "packages/linked", link: true },
    };
    expect(lockfileObjections(lockfileOf(packages))).toEqual([]);
  });
});
