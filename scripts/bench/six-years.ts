import { allScopes } from "../../sandbox/scopes.ts";
import { type OuraRouteName, ouraRouteNames, ouraRoutes, pathOf, projection } from "../../src/oura/routes.ts";
import { createSyntheticPeople, now } from "../evaluate-answers/synthetic-people.ts";
import { quantile } from "./quantile.ts";

/**
 * How long the simulated Oura works for six years of a route in one answer, with the fields that the product reads: CPU
 * ms in this process. Oura itself answers so many days at once.
 */
export interface SixYearsFigures {
  route: string;
  documents: number;
  bytes: number;
  /** Every day is made for the first time. */
  first: number;
  /** Median of further answers. */
  again: number;
}

const repetitions = 9;
const day = 86_400_000;
/** The product reads curves for a few days at a time only. */
const curves: readonly OuraRouteName[] = ["sleep_with_series", "daily_activity_with_series"];

export async function measureSixYears(): Promise<SixYearsFigures[]> {
  const figures: SixYearsFigures[] = [];
  for (const name of readOverDays()) {
    const people = createSyntheticPeople();
    const token = await people.issueToken("restless", allScopes());
    const query = new URLSearchParams({
      start_date: dayOf(now - 2_192 * day),
      end_date: dayOf(now + day),
      fields: projection(name),
    });
    const ask = async () => {
      const before = process.cpuUsage();
      const response = await people.fetch(`${people.apiUrl}/v2/usercollection/${pathOf(name)}?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const text = await response.text();
      const { user, system } = process.cpuUsage(before);
      return { milliseconds: (user + system) / 1_000, text };
    };
    const { milliseconds: first, text } = await ask();
    const again: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) again.push((await ask()).milliseconds);
    const documents = text.split('"id":').length - 1;
    figures.push({ route: name, documents, bytes: text.length, first, again: quantile(again, 0.5) });
  }
  return figures;
}

function readOverDays(): OuraRouteName[] {
  return ouraRouteNames.filter((name) => ["days", "spans"].includes(ouraRoutes[name].asks) && !curves.includes(name));
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
