import { randomFor } from "../../sandbox/people/random.ts";
import { type FaultCase, faultCases } from "./fault-cases.ts";

/**
 * Two quick faults at the same time, each on a route of its own or both on all. A revoked grant stays alone: beside it, what
 * becomes of the connection depends on which of the two the refresh meets.
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
      ...(one.renames || other.renames ? { renames: true } : {}),
    };
  });
}
