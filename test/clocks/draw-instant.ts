import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { instants, parseInstant } from "../../sandbox/clock/instants.ts";

/**
 * Where the date-sensitive tests run once more: at one of the known instants, chosen by what the code and the tests are, so
 * that the same files always give the same result. `CLOCK` names another.
 */
export function drawInstant(named: string | undefined): string {
  if (named !== undefined && named !== "") {
    if (parseInstant(named) === null)
      throw new Error(`CLOCK="${named}" is no instant. Example: ${instants[0]?.instant}`);
    return named;
  }
  const hash = createHash("sha256");
  for (const file of globSync("{src,sandbox,test}/**/*.{ts,tsx,js,css,snap}").toSorted())
    hash.update(readFileSync(file));
  const drawn = instants[hash.digest().readUInt32BE() % instants.length];
  if (!drawn) throw new Error("there is no instant to draw from");
  return drawn.instant;
}
