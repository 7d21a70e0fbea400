import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { inject } from "vitest";

/** What the journeys saw, for the tests that look for leaks afterwards: secrets they were given, addresses they were at. */
export const secretsFile = "secrets.jsonl";
export const addressesFile = "addresses.jsonl";

/** Notes what only this side may hold. */
export function recordSecrets(secrets: readonly (string | undefined)[]): void {
  note(
    secretsFile,
    secrets.filter((secret) => secret !== undefined),
  );
}

/** Notes every address a browser asks for and every header it is answered with. */
export function watchAddresses(context: BrowserContext): void {
  context.on("response", (response) => note(addressesFile, [response.url(), ...Object.values(response.headers())]));
}

function note(file: string, texts: readonly string[]): void {
  appendFileSync(join(inject("scratch"), file), texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
}
