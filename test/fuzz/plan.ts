import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** From FUZZ_RUNS (0: as planned) and FUZZ_SEED; see scripts/fuzz.ts. */
    fuzz: { runs: number; seed: number };
  }
}

/** Number of cases of a full run, by target. */
const plan = {
  "tool arguments": 3_000,
  "one wrong argument": 3_000,
  "documents of Oura": 500,
  "answers of Oura": 400,
  "token answers of Oura": 3_000,
  "JSON-RPC of 2025": 1_500,
  "JSON-RPC of 2026-07-28": 1_500,
  "made-up tokens": 1_000,
  "authorization requests": 300,
  "client registrations": 300,
  "token requests": 1_500,
  "forms with a session": 800,
  "requests of strangers": 1_500,
  cookies: 600,
  "odd headers": 400,
  "keys, days, scopes and addresses": 4_000,
} as const;

export const plannedCases = Object.values(plan).reduce((sum, cases) => sum + cases, 0);
/** Share of the plan in an ordinary run: repeating cases on unchanged code finds nothing new. */
const ordinaryShare = 0.1;
/** Number of cases of an ordinary run. The documents state it. */
export const ordinaryCases = Object.values(plan).reduce((sum, cases) => sum + Math.ceil(cases * ordinaryShare), 0);

/** Factor of this run relative to the plan. */
function factor(): number {
  return inject("fuzz").runs > 0 ? inject("fuzz").runs / plannedCases : ordinaryShare;
}

/** fast-check's parameters for one property: its number of cases, and the run's seed, which a failure prints. */
export function runsOf(what: keyof typeof plan): { numRuns: number; seed: number } {
  return { numRuns: Math.ceil(plan[what] * factor()), seed: inject("fuzz").seed };
}

/** Timeout of one property: enough on a busy machine, and in long runs proportional to the number of cases. */
export function timeoutOf(): number {
  return 120_000 * Math.max(1, factor());
}
