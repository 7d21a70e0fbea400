import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { dayOf } from "../registry/daily-allowance.ts";
import { theRegistry } from "../registry/registry.ts";
import { networkOf } from "./limits.ts";

type Admit = (env: Pick<Bindings, "REGISTRY">, request: Request) => Promise<boolean>;

/** One for each isolate. */
export const admitProgram: Admit = createAdmission(now);

const mostRemembered = 1_000;

/**
 * Asks the registry whether another program may be registered from this network today. A refusal is remembered until
 * the day ends, so that repeating the request costs no request to the registry.
 */
export function createAdmission(now: () => number): Admit {
  let day = 0;
  let refused = new Set<string>();
  return async (env, request) => {
    if (day !== dayOf(now()) || refused.size >= mostRemembered) refused = new Set();
    day = dayOf(now());
    const network = networkOf(request);
    if (refused.has(network)) return false;
    const isAdmitted = await theRegistry(env).admit("programs", network);
    if (!isAdmitted) refused.add(network);
    return isAdmitted;
  };
}
