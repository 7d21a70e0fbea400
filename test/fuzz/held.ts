import { createSyntheticPeople, type HeldDocument, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import type { Held } from "../tools/ask.ts";

export { now };

/** Oura's routes, and the number of days of documents that the tests need. */
const routes = {
  daily_sleep: 45,
  sleep: 45,
  daily_readiness: 45,
  daily_activity: 45,
  daily_stress: 45,
  daily_spo2: 45,
  daily_resilience: 45,
  daily_cardiovascular_age: 45,
  vO2_max: 45,
  sleep_time: 45,
  workout: 45,
  enhanced_tag: 45,
  rest_mode_period: 45,
  session: 45,
  heartrate: 2,
} as const;

/** Six weeks of the everyday person, by route. */
export async function readEveryday(): Promise<Record<string, HeldDocument[]>> {
  const people = createSyntheticPeople();
  const held: Record<string, HeldDocument[]> = {};
  for (const [route, days] of Object.entries(routes)) {
    const start = new Date(now - days * 86_400_000).toISOString().slice(0, 10);
    held[route] = await people.held("everyday", route, { start, end: "2026-11-21" });
  }
  for (const route of ["ring_configuration", "ring_battery_level"]) held[route] = await people.held("everyday", route);
  return held;
}

/** The same in the form for `ask`. It applies `fields` as Oura does, so that long curves are sent only on request. */
export function heldAs(documents: Record<string, HeldDocument[]>): Held {
  const served = Object.entries(documents).map(([route, rows]) => [
    route,
    (query: URLSearchParams) => new Response(asBody({ data: chosen(rows, query), next_token: null })),
  ]);
  return { ...Object.fromEntries(served), personal_info: () => Response.json(profile) };
}

const profile = { id: "eli", age: 38, weight: 74, height: 1.76, biological_sex: "male", email: "eli@example.com" };

function chosen(rows: readonly HeldDocument[], query: URLSearchParams): HeldDocument[] {
  const fields = query.get("fields")?.split(",");
  const [first, last] = [query.get("start_date"), query.get("end_date")];
  const [from, to] = [query.get("start_datetime"), query.get("end_datetime")];
  return rows
    .filter((row) => {
      const day = textOf(row.day ?? row.start_day ?? row.timestamp).slice(0, 10);
      if (from !== null && to !== null) return textOf(row.timestamp) >= from && textOf(row.timestamp) <= to;
      return first === null || last === null || (day >= first && day <= last);
    })
    .map((row) => (fields ? Object.fromEntries(fields.map((name) => [name, row[name]])) : row));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "2026-11-20"; // a value that is not a day is always sent
}

/** Placeholder for infinity: JSON cannot express it, but parses 1e999 as infinity. */
export const infinite = "@infinite@";

export function asBody(json: unknown): string {
  return (JSON.stringify(json) ?? "").replaceAll(`"${infinite}"`, "1e999");
}
