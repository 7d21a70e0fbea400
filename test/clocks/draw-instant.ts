import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { instants, parseInstant } from "../../sandbox/clock/instants.ts";

/**
 * The second instant for the date-sensitive tests: one of the known instants, chosen by a hash of the code and the
 * tests, so that the same files always run at the same instant. `CLOCK` overrides it.
 */
export function drawInstant(named: string | undefined): string {
  if (named !== undefined && named !== "") {
    if (parseInstant(named) === null)
      throw new Error(`CLOCK="${named}" is not an instant. Example: ${instants[0]?.instant}`);
    return named;
  }
  const hash = createHash("sha256");
  for (const file of globSync("{src,sandbox,test}/**/*.{ts,tsx,js,css,snap}").toSorted())
    hash.update(readFileSync(file));
  const drawn = instants[hash.digest().readUInt32BE() % instants.length];
  if (!drawn) throw new Error("the list of instants is empty");
  return drawn.instant;
}
