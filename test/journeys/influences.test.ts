import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** Friday afternoon in New York. The effects planted in the simulated people are known; see sandbox/people. */
const year = { start_date: "2025-11-21", end_date: "2026-11-20" };

let everyday: Assistant;

beforeAll(async () => {
  await resetSimulator(fixedInstant);
  everyday = await connectAssistant();
}, 60_000);

const cell = z.union([z.string(), z.number(), z.null()]);
const answer = z.looseObject({
  summary: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  nothing_found: z.record(z.string(), z.array(z.string())).default({}),
  missing: z.array(z.looseObject({ what: z.string(), reason: z.string() })),
  notes: z.array(z.string()),
});

async function callTool(assistant: Assistant, tool: string, input: object) {
  const { columns, rows, ...rest } = answer.parse((await assistant.call(tool, input)).structuredContent);
  return {
    ...rest,
    rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
  };
}

describe("the influences found in the everyday person's nights", () => {
  it("are the planted ones, with the right sign, night and approximate size", async () => {
    const { rows } = await callTool(everyday, "oura_find_influences", {
      ...year,
      outcomes: ["resting_heart_rate", "hrv"],
    });
    const effect = (outcome: string, factor: string) =>
      rows.find((row) => row.outcome === outcome && row.factor === factor);
    const alcohol = effect("resting_heart_rate", "tag alcohol"); // +4 bpm
    const lateMeal = effect("resting_heart_rate", "tag late meal"); // +2 bpm
    expect([Number(alcohol?.low) < 4, Number(alcohol?.high) > 4]).toEqual([true, true]);
    expect([Number(lateMeal?.low) < 2, Number(lateMeal?.high) > 2]).toEqual([true, true]);
    const hrv = effect("hrv", "tag alcohol"); // 46 ms · (e^−.22 − 1) = −9 ms
    expect([Number(hrv?.low) < -9, Number(hrv?.high) > -9]).toEqual([true, true]);
    expect([alcohol, lateMeal, hrv].every((row) => Number(row?.n_with) > 20 && Number(row?.q) < 0.01)).toBe(true);
  });

  it("do not include tags without effect: no caffeine and cold showers are tested and not found", async () => {
    const { rows, nothing_found } = await callTool(everyday, "oura_find_influences", year);
    const idle = ["tag no caffeine", "own tag 1"];
    expect(rows.filter(({ factor }) => idle.includes(String(factor)))).toEqual([]);
    for (const outcome of ["sleep_score", "hrv", "resting_heart_rate"])
      expect(nothing_found[outcome], outcome).toEqual(expect.arrayContaining(idle));
  });

  it("exclude the nights of rest mode, and report it", async () => {
    const { notes } = await callTool(everyday, "oura_find_influences", {});
    expect(notes).toContainEqual(expect.stringMatching(/^\d nights in rest mode are left out\.$/));
  });
});

describe("events", () => {
  it("are Ōura's events, each on its own day and none twice", async () => {
    const days = { start_date: "2026-11-01", end_date: "2026-11-15" };
    const { rows } = await callTool(everyday, "oura_get_events", days);
    const held = async (route: string) => {
      const { data } = await control<{ data: Record<string, string>[] }>("GET", `/people/everyday/documents/${route}`);
      return data.filter((document) => {
        const day = document.day ?? document.start_day ?? "";
        return day >= days.start_date && day <= days.end_date;
      });
    };
    for (const [kind, route] of [
      ["workout", "workout"],
      ["session", "session"],
      ["tag", "enhanced_tag"],
    ] as const) {
      const starts = (await held(route)).map((document) =>
        (document.start_datetime ?? document.start_time ?? "").slice(0, 16),
      );
      const told = rows.filter((row) => row.kind === kind).map(({ start }) => String(start).slice(0, 16));
      expect(told, kind).toEqual(starts.toSorted());
      expect(told.length, kind).toBeGreaterThan(1);
    }
  });

  it("include evenings at UTC+13, where the local day ends before it begins in UTC", async () => {
    const farEast = await connectAssistant({ person: "far_east" });
    for (const day of ["2026-11-18", "2026-11-19", "2026-11-20"]) {
      const { rows } = await callTool(farEast, "oura_get_events", { start_date: day, end_date: day });
      expect(rows.every(({ start }) => String(start).startsWith(day) && String(start).endsWith("+13:00"))).toBe(true);
      const { data } = await control<{ data: { day: string }[] }>("GET", "/people/far_east/documents/workout");
      expect(rows.filter(({ kind }) => kind === "workout")).toHaveLength(data.filter((one) => one.day === day).length);
    }
  });
});

describe("two periods", () => {
  it("differ between the week of an illness and the week before", async () => {
    const { people } = await control<{ people: { id: string; illness: { first: string; last: string } | null }[] }>(
      "GET",
      "/people",
    );
    const illness = people.find(({ id }) => id === "everyday")?.illness;
    const input = { start_date: illness?.first, end_date: illness?.last, metrics: ["breathing_rate", "hrv"] };
    const { rows } = await callTool(everyday, "oura_compare_periods", input);
    expect(rows.map(({ difference }) => Math.sign(Number(difference)))).toEqual([1, -1]);
    expect(rows.every(({ n, n_compared }) => Number(n) >= 7 && Number(n_compared) >= 7)).toBe(true);
  });

  it("report what a ring cannot measure, and a missing ring", async () => {
    const gen2 = await connectAssistant({ person: "gen2" });
    const noRing = await connectAssistant({ person: "no_ring" });
    const input = { metrics: ["hrv", "spo2"] };
    const [first] = (await callTool(gen2, "oura_compare_periods", input)).missing;
    expect(first).toMatchObject({ what: "spo2", reason: "not_supported" });
    const { missing, summary } = await callTool(noRing, "oura_compare_periods", input);
    expect(missing).toMatchObject([{ what: "hrv, spo2", reason: "no_ring" }]);
    expect(summary).toContain("no ring is set up at Ōura");
  });
});
