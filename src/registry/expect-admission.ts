import { AppError } from "../errors.ts";
import { secondsLeftOfDay } from "./daily-allowance.ts";
import { type Registry, theRegistry } from "./registry.ts";

/**
 * Counts a new account towards the day's limit. Throws `too_many_today` when the limit for today is reached. Also
 * throws it when this network has created as many accounts today as one network may create.
 */
export async function expectAdmission(
  { env, now }: { env: { REGISTRY: DurableObjectNamespace<Registry> }; now(): number },
  network: string,
): Promise<void> {
  if (await theRegistry(env).admit("accounts", network)) return;
  throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(now()) });
}
