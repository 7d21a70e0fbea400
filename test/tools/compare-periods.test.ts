import { describe, expect, it } from "vitest";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { ask, failureOf, nightTo } from "./ask.ts";

const now = "2026-11-20T20:00:00Z";
const days = Array.from({ length: 120 }, (_, index) =>
  new Date(Date.UTC(2026, 6, 24 + index)).toISOString().slice(0, 10),
);
/** Resting heart rate 50 ± 1 until October, 54 ± 1 after it. */
const nights = days.map((day, index) =>
  nightTo(day, { lowest_heart_rate: (day < "2026-11-01" ? 50 : 54) + (index % 3) - 1 }),
);
const question = { metrics: ["resting_heart_rate"] };

async function compare(input: object, held: object[] = nights) {
  const { answer } = await ask(comparePeriodsTool, input, { now, held: { sleep: held }, offsetMinutes: 0 });
  const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // the tool's output
  return { answer, rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))) };
}

describe("two periods", () => {
  it("are by default the last days and as many before, or a period and the one before it", async () => {
    const { answer } = await compare({ ...question, last_days: 10 });
    expect(answer).toMatchObject({
      period: "2026-11-11..2026-11-20",
      compared_with: "2026-11-01..2026-11-10",
    });
    const named = await compare({ ...question, start_date: "2026-11-01", end_date: "2026-11-14" });
    expect(named.answer).toMatchObject({ compared_with: "2026-10-18..2026-10-31" });
    expect(named.rows[0]).toMatchObject({
      mean: 54.1,
      mean_compared: 50,
      n: 14,
      n_compared: 14,
      pct: 8,
      verdict: "higher",
    });
    expect(named.answer.summary).toMatch(
      /resting heart rate higher by 4\.1 bpm \(\+8 %; 95 % interval .* bpm\), from 50\.0 bpm \(n 14\) to 54\.1 bpm \(n 14\)/,
    );
  });

  it("may be any two that share no day", async () => {
    const both = { ...question, start_date: "2026-08-01", end_date: "2026-08-20" };
    const { rows } = await compare({ ...both, compare_start_date: "2026-11-01", compare_end_date: "2026-11-20" });
    expect(rows[0]).toMatchObject({ verdict: "lower", n: 20, n_compared: 20 });
    for (const wrong of [
      { compare_start_date: "2026-08-20", compare_end_date: "2026-09-10" },
      { compare_start_date: "2026-09-01" },
      { compare_start_date: "2025-01-01", compare_end_date: "2025-01-20" },
      { last_days: 20 },
    ]) {
      const failure = await failureOf(ask(comparePeriodsTool, { ...both, ...wrong }, { now, held: {} }));
      expect(failure.kind, JSON.stringify(wrong)).toBe("bad_input");
    }
  });

  it("are not judged with fewer than seven measured days each, and missing days have a reason", async () => {
    const few = nights.filter(({ day }) => day < "2026-11-11" || day > "2026-11-14");
    const { answer, rows } = await compare({ ...question, last_days: 10 }, few);
    expect(rows[0]).toMatchObject({ verdict: "cannot_say", n: 6, n_compared: 10, difference: null });
    expect(answer.summary).toContain("cannot say; at least 7 measured days on each side are needed");
    expect(answer.missing).toEqual([
      { what: "resting_heart_rate", days: "2026-11-11..2026-11-14", reason: "not_worn" },
    ]);
  });

  it("have their missing days listed apart", async () => {
    const worn = nights.filter(({ day }) => !["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-15"].includes(day));
    const { answer } = await compare(
      { ...question, start_date: "2026-11-11", compare_start_date: "2026-11-01", compare_end_date: "2026-11-10" },
      worn,
    );
    expect(answer.missing).toEqual([
      { what: "resting_heart_rate", days: "2026-11-02..2026-11-04", reason: "not_worn" },
      { what: "resting_heart_rate", days: "2026-11-15", reason: "not_worn" },
    ]);
  });

  it("make no statement about sync or wear without records if Ōura does not say whether there is a ring", async () => {
    const held = { ring_configuration: () => new Response("", { status: 502 }) };
    const { answer } = await ask(comparePeriodsTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toEqual([expect.objectContaining({ what: "resting_heart_rate", reason: "unavailable" })]);
  });

  it("report different weekdays, but not for whole weeks", async () => {
    const uneven = await compare({ ...question, last_days: 10 });
    expect(uneven.answer.notes).toContainEqual(
      expect.stringMatching(/weekdays of the two periods differ: .* 2 of 10 days against 3 of 10/),
    );
    const whole = await compare({ ...question, last_days: 14 });
    expect(String(whole.answer.notes)).not.toContain("weekdays");
  });
});
