import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** Answers are compared with the simulator's unfiltered documents. */

interface Held {
  day: string;
  [field: string]: unknown;
}

const assistants = new Map<string, Assistant>();

beforeAll(async () => {
  await resetSimulator(fixedInstant);
  for (const person of ["everyday", "far_east"]) assistants.set(person, await connectAssistant({ person }));
}, 60_000);

async function held(person: string, route: string): Promise<Held[]> {
  const { data } = await control<{ data: Held[] }>("GET", `/people/${person}/documents/${route}`);
  return data;
}

async function answer(person: string, start: string, end: string) {
  const result = await assistants.get(person)?.call("oura_get_daily_summary", { start_date: start, end_date: end });
  const { columns, rows } = table.parse(result?.structuredContent);
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
}

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

/** What was counted on a day with the ring off for most of it is null; of today, nothing before the first step. */
function countedOf(document: Held | undefined, field: string, isToday: boolean): unknown {
  const isOff = Number(document?.non_wear_time) > 12 * 3600 && (!isToday || document?.steps === 0);
  return isOff ? null : (document?.[field] ?? null);
}

/** Last day of the answer in the wearer's time zone: it is already Saturday at +13:00. */
const lastDays = { everyday: "2026-11-20", far_east: "2026-11-21" } as const;

describe.each(["everyday", "far_east"] as const)("every day of %s", (person) => {
  it.each([
    ["2026-08-22", lastDays[person]],
    ["2026-10-01", "2026-10-31"],
    ["2026-11-07", "2026-11-07"],
  ])("from %s to %s equals Oura's documents, including the first and last day", async (start, end) => {
    const days = await answer(person, start, end);
    const [scores, readiness, activity, spo2, sleep] = await Promise.all(
      ["daily_sleep", "daily_readiness", "daily_activity", "daily_spo2", "sleep"].map((route) => held(person, route)),
    );
    const on = (list: Held[] | undefined, day: unknown) => list?.filter((document) => document.day === day) ?? [];
    expect(days[0]?.day).toBe(start);
    expect(days.at(-1)?.day).toBe(end);
    for (const row of days) {
      const night = on(sleep, row.day)
        .filter((period) => period.type === "long_sleep")
        .toSorted((a, b) => Number(b.total_sleep_duration) - Number(a.total_sleep_duration))[0];
      const average = (on(spo2, row.day)[0]?.spo2_percentage as { average: number } | undefined)?.average ?? 0; // Oura's schema
      expect(row).toMatchObject({
        sleep_score: on(scores, row.day)[0]?.score ?? null,
        total_sleep_min: night ? Math.round(Number(night.total_sleep_duration) / 60) : null,
        deep_min: night ? Math.round(Number(night.deep_sleep_duration) / 60) : null,
        sleep_efficiency_pct: night?.efficiency ?? null,
        readiness_score: on(readiness, row.day)[0]?.score ?? null,
        steps: countedOf(on(activity, row.day)[0], "steps", row.day === lastDays[person]),
        active_kcal: countedOf(on(activity, row.day)[0], "active_calories", row.day === lastDays[person]),
        spo2_pct: average === 0 ? null : Number(average.toFixed(1)), // Oura writes 0.0 for a failed night
      });
    }
  });
});

it("includes, on the first requested day, sleep that began before midnight UTC", async () => {
  const [row] = await answer("far_east", "2026-11-07", "2026-11-07");
  expect(row?.sleep_score).toBeTypeOf("number");
});
