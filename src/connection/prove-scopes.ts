import { AppError } from "../errors.ts";
import type { CallBudget } from "../oura/budget.ts";
import { firstRouteOf, type OuraRouteName, pathOf, projection } from "../oura/routes.ts";
import { personalInfo } from "../oura/schemas.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import { readOura, type Transport } from "../oura/transport.ts";

/**
 * Oura does not name the scopes of some grants. For such a grant, one small request for each scope shows whether the
 * person granted it. Throws when Oura cannot be read, so that the person can try again.
 * @param profile Oura's answer about the person's profile. Every token may read the profile, but the profile contains
 *   values such as age only with the scope `personal`.
 */
export async function proveScopes(
  { transport, budget, now }: { transport: Transport; budget: CallBudget; now: () => number },
  profile: unknown,
): Promise<ScopeName[]> {
  const { age, weight, height, biological_sex } = personalInfo.parse(profile);
  const showsProfile = [age, weight, height, biological_sex].some((figure) => figure !== null);
  const proven = await Promise.all(
    scopeNames.map((name) =>
      name === "personal" ? showsProfile : isGranted(readOura(transport, budget, pathTo(firstRouteOf(name), now()))),
    ),
  );
  return scopeNames.filter((_, index) => proven[index]);
}

/** The path and query ask for one day of data, or for one hour of heart rate. */
function pathTo(route: OuraRouteName, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10);
  const hour = {
    start_datetime: new Date(now - 3_600_000).toISOString(),
    end_datetime: new Date(now).toISOString(),
  };
  const window: Record<string, string> = route === "heartrate" ? hour : { start_date: day, end_date: day };
  const query = new URLSearchParams({ ...(route === "ring_configuration" ? {} : window), fields: projection(route) });
  return `/v2/usercollection/${pathOf(route)}?${query}`;
}

async function isGranted(read: Promise<unknown>): Promise<boolean> {
  try {
    await read;
    return true;
  } catch (error) {
    const kind = error instanceof AppError ? error.failure.kind : null;
    if (kind === "not_granted_by_oura" || kind === "oura_refused") return false;
    if (kind === "membership_lapsed") return true; // the cause is an ended membership, not a missing permission
    throw error;
  }
}
