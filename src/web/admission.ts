import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { dayOf } from "../registry/daily-allowance.ts";
import { theRegistry } from "../registry/registry.ts";
import { networkOf } from "./limits.ts";

type Admit = (env: Pick<Bindings, "REGISTRY">, request: Request) => Promise<boolean>;

/**
 * Whether one more OAuth client may be registered from a network today. The refused networks are remembered for all
 * requests of this isolate.
 */
export const admitProgram: Admit = createAdmission(now);

const mostRemembered = 1_000;

/**
 * Makes a function that asks the registry whether one more client may be registered. The function remembers every
 * network that the registry has refused, until the day ends. If a request comes from such a network again, the function
 * refuses it without asking the registry.
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
