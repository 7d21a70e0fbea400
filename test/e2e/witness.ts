import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { inject } from "vitest";

/** Files that the journeys write for the leak tests: the secrets they received and the addresses they visited. */
export const secretsFile = "secrets.jsonl";
export const addressesFile = "addresses.jsonl";

/** Records secrets that the server must not leak. */
export function recordSecrets(secrets: readonly (string | undefined)[]): void {
  note(
    secretsFile,
    secrets.filter((secret) => secret !== undefined),
  );
}

/** Records every address a browser requests and every response header. */
export function watchAddresses(context: BrowserContext): void {
  context.on("response", (response) => note(addressesFile, [response.url(), ...Object.values(response.headers())]));
}

function note(file: string, texts: readonly string[]): void {
  appendFileSync(join(inject("scratch"), file), texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
}
