import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Assistant, createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, type HeldDocument } from "../../scripts/evaluate-answers/synthetic-people.ts";

/** Totals, the newest events and what a name matched, against the simulator's documents. */
const people = createSyntheticPeople();
const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });
const answer = z.object({
  summary: z.string(),
  ...table.shape,
  totals: table,
  missing: z.array(z.object({ what: z.string(), reason: z.string() })),
});

async function askEvents(assistant: Assistant, input: Record<string, unknown>) {
  const told = answer.parse(await assistant.call("oura_get_events", input));
  return { ...told, events: records(told), totals: records(told.totals) };
}

function records({ columns, rows }: z.output<typeof table>): Record<string, string | number | null>[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}

const started = (one: HeldDocument) => Date.parse(String(one.start_datetime));
const minutesOf = (one: HeldDocument) => Math.round((Date.parse(String(one.end_datetime)) - started(one)) / 60_000);
const metresOf = (one: HeldDocument) => (typeof one.distance === "number" ? one.distance : null);

describe.each(["everyday", "restless", "far_east"])("workouts of %s", async (person) => {
  const assistant = await createAssistant(people, person);
  const range = { start_date: "2026-09-01", end_date: "2026-11-15" };
  const all = await people.held(person, "workout");
  const own = all.filter(({ day }) => String(day) >= range.start_date && String(day) <= range.end_date);

  it("have their count, days, time and distance in all, with how many have a distance", async () => {
    const { totals, summary } = await askEvents(assistant, { ...range, kinds: ["workout"] });
    const groups = Map.groupBy(own, ({ activity }) => String(activity));
    expect(totals).toHaveLength(groups.size);
    for (const group of groups.values()) {
      const metres = group.flatMap((one) => metresOf(one) ?? []);
      const minutes = group.reduce((sum, one) => sum + minutesOf(one), 0);
      const same = totals.filter(({ count, minutes: told }) => count === group.length && told === minutes);
      expect(same).toContainEqual(
        expect.objectContaining({
          days: new Set(group.map(({ day }) => day)).size,
          ...(own.some((one) => metresOf(one) !== null)
            ? {
                distance_km: metres.length === 0 ? null : round1(metres.reduce((sum, one) => sum + one, 0) / 1000),
                with_distance: metres.length,
              }
            : {}),
        }),
      );
    }
    const measured = own.filter((one) => metresOf(one) !== null);
    const km = round1(measured.reduce((sum, one) => sum + (metresOf(one) ?? 0), 0) / 1000);
    if (measured.length > 0 && measured.length < own.length)
      expect(summary.replaceAll(",", "")).toContain(`${km} km in all known of ${measured.length}`);
  });

  it("are found back from the last day, the newest ones, however long ago", async () => {
    const before = all
      .filter(({ day }) => String(day) <= range.end_date)
      .toSorted((one, next) => started(one) - started(next));
    const { events } = await askEvents(assistant, { end_date: range.end_date, kinds: ["workout"], latest: 3 });
    const expected = before.slice(-3);
    expect(events.map(({ start, minutes }) => [Date.parse(String(start)), minutes])).toEqual(
      expected.map((one) => [Math.floor(started(one) / 60_000) * 60_000, minutesOf(one)]),
    );
  });
});

function round1(value: number): number {
  return Number(value.toFixed(1));
}

describe("the newest of a name", () => {
  it("is the last one among the documents, and the summary says how long ago", async () => {
    const assistant = await createAssistant(people, "everyday");
    const runs = (await people.held("everyday", "workout")).filter(({ activity }) => activity === "running");
    const last = runs.toSorted((one, next) => started(one) - started(next)).at(-1);
    const { summary, events } = await askEvents(assistant, { name: "running", latest: 1 });
    expect(events).toHaveLength(1);
    const daysAgo = (Date.parse("2026-11-20") - Date.parse(String(last?.day))) / 86_400_000;
    const ago = daysAgo === 1 ? "yesterday" : `${daysAgo} days ago`;
    expect(summary).toMatch(
      new RegExp(
        `^Newest with the asked name: running on .* at ${String(last?.start_datetime).slice(11, 16)} \\(${ago}\\), ${minutesOf(last ?? {})} min`,
      ),
    );
  });

  it("says what there is no event of, to which day it was read, and stays within its requests", async () => {
    const assistant = await createAssistant(people, "everyday");
    const { summary, events } = await askEvents(assistant, { name: "pilates", latest: 1 });
    expect(events).toEqual([]);
    expect(summary).toContain(
      "with the asked name in the 360 days from Wed 26 Nov 2025 to Fri 20 Nov 2026; nothing older was read.",
    );
    expect(assistant.costs[0]?.ouraRequests).toBeLessThanOrEqual(4 * 5 + 2);
  });
});
