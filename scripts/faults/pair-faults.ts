import { randomFor } from "../../sandbox/people/random.ts";
import { type FaultCase, faultCases } from "./fault-cases.ts";

/**
 * Pairs of quick faults at the same time, each on its own route or both on all routes. A revoked grant is never paired:
 * the state of the connection would depend on which of the two faults the refresh meets.
 */
export function drawFaultPairs(seed: number, person: string, count: number): FaultCase[] {
  const random = randomFor("pairs", seed, person);
  const quick = faultCases.filter(({ slow, failures }) => !slow && !failures.includes("needs_reconnect"));
  return Array.from({ length: count }, () => {
    const one = quick[random.integer(0, quick.length - 1)];
    const other = quick[random.integer(0, quick.length - 1)];
    if (!one || !other) throw new Error("there is no quick fault");
    return {
      name: `${one.name} and ${other.name}`,
      group: "two at once",
      faults: [...one.faults, ...other.faults],
      failures: [...new Set([...one.failures, ...other.failures])],
      ...(one.emptiesValues || other.emptiesValues ? { emptiesValues: true } : {}),
      ...(one.unfinished || other.unfinished ? { unfinished: true } : {}),
      ...(one.covered || other.covered ? { covered: true } : {}),
      ...(one.renames || other.renames ? { renames: true } : {}),
    };
  });
}
