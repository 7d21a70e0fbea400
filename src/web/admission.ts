import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { dayOf, type RegisteredKind, secondsLeftOfDay } from "../registry/daily-allowance.ts";
import { theRegistry } from "../registry/registry.ts";
import type { AppContext } from "./app.ts";
import { networkOf } from "./limits.ts";

type Admit = (
  env: Pick<Bindings, "REGISTRY">,
  request: Request,
  kind: Exclude<RegisteredKind, "places">,
) => Promise<boolean>;

/** One for each isolate. */
export const admit: Admit = createAdmission(now);

const mostRemembered = 1_000;

/**
 * Asks the registry whether another account or program may be registered from this network today. A refusal is
 * remembered until the day ends, so that repeating the request costs no request to the registry.
 */
export function createAdmission(now: () => number): Admit {
  let day = 0;
  let refused = new Set<string>();
  return async (env, request, kind) => {
    if (day !== dayOf(now()) || refused.size >= mostRemembered) refused = new Set();
    day = dayOf(now());
    const network = networkOf(request);
    const entry = `${kind} ${network}`;
    if (refused.has(entry)) return false;
    const isAdmitted = await theRegistry(env).admit(kind, network);
    if (!isAdmitted) refused.add(entry);
    return isAdmitted;
  };
}

/** Throws `too_many_today` when no further account may be created from this network today. */
export async function admitAccount(c: AppContext): Promise<void> {
  if (await admit(c.env, c.req.raw, "accounts")) return;
  throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(now()) });
}
