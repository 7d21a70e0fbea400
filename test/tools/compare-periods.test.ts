import { describe, expect, it } from "vitest";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { activityOn, ask, failureOf, nightTo } from "./ask.ts";

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
  it("are by default the last days and as many before, or the 28 before for less than two weeks", async () => {
    const { answer } = await compare({ ...question, last_days: 14 });
    expect(answer).toMatchObject({
      period: "2026-11-07..2026-11-20",
      compared_with: "2026-10-24..2026-11-06",
    });
    const short = await compare({ ...question, last_days: 7 });
    expect(short.answer).toMatchObject({
      period: "2026-11-14..2026-11-20",
      compared_with: "2026-10-17..2026-11-13",
    });
    const equal = await compare({ ...question, last_days: 7, compare_with: "previous" });
    expect(equal.answer).toMatchObject({ compared_with: "2026-11-07..2026-11-13" });
    const month = await compare({ ...question, last_days: 14, compare_with: "month" });
    expect(month.answer).toMatchObject({ compared_with: "2026-10-10..2026-11-06" });
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
      { compare_start_date: "2026-11-01", compare_end_date: "2026-11-20", compare_with: "previous" },
    ]) {
      const failure = await failureOf(ask(comparePeriodsTool, { ...both, ...wrong }, { now, held: {} }));
      expect(failure.kind, JSON.stringify(wrong)).toBe("bad_input");
    }
  });

  it("need three measured days each after a month with the ring, and missing days have a reason", async () => {
    const few = nights.filter(({ day }) => day < "2026-11-14" || day > "2026-11-18");
    const { answer, rows } = await compare({ ...question, last_days: 7 }, few);
    expect(rows[0]).toMatchObject({ verdict: "cannot_say", n: 2, n_compared: 28, difference: null });
    expect(answer.summary).toContain("cannot say; at least 3 measured days on each side are needed");
    expect(answer.missing).toEqual([
      { what: "resting_heart_rate", days: "2026-11-14..2026-11-18", reason: "not_worn" },
    ]);
    const { rows: judged } = await compare({ ...question, last_days: 7 }, [
      ...few,
      ...nights.filter(({ day }) => day === "2026-11-14"),
    ]);
    expect(judged[0]).toMatchObject({ n: 3 });
    expect(judged[0]?.verdict).not.toBe("cannot_say");
  });

  it("need seven measured days each, and are provisional, without a month of earlier days", async () => {
    const young = nights.filter(({ day }) => day >= "2026-11-01");
    const short = await compare({ ...question, last_days: 5, compare_with: "previous" }, young);
    expect(short.answer.summary).toContain("at least 7 measured days on each side are needed");
    const { answer, rows } = await compare({ ...question, last_days: 10, compare_with: "previous" }, young);
    expect(rows[0]).toMatchObject({ verdict: "no_clear_difference" });
    expect(answer.notes).toContainEqual(expect.stringContaining("resting_heart_rate: provisional"));
  });

  it("say in words what they cannot decide", async () => {
    const { answer, rows } = await compare({ ...question, start_date: "2026-09-20", end_date: "2026-09-26" });
    expect(rows[0]).toMatchObject({ verdict: "no_clear_difference" });
    expect(answer.summary).toContain(": no clear difference: resting heart rate ");
    const { would_show: shows } = rows[0] as { would_show: number };
    expect(shows).toBeGreaterThan(0.5);
    expect(shows).toBeLessThan(2.5);
    expect(answer.summary).toContain(
      `In 7 days (n 7, against n 28) a smaller difference than this would not show: resting heart rate ${shows} bpm.`,
    );
  });

  it("of metrics of the whole day end yesterday, and last as long", async () => {
    const activity = days.map((day, index) => ({
      id: day,
      day,
      score: 80,
      steps: 8000 + 500 * (index % 5),
      non_wear_time: 0,
      timestamp: `${day}T04:00:00+00:00`,
    }));
    const input = { metrics: ["steps", "resting_heart_rate"], last_days: 7 };
    const held = { sleep: nights, daily_activity: activity };
    const { answer } = await ask(comparePeriodsTool, input, { now, held, offsetMinutes: 0 });
    const { rows } = answer as unknown as { rows: unknown[][] }; // the tool's output
    expect(rows.map((row) => [row[3], row[5]])).toEqual([
      [7, 28],
      [7, 28],
    ]);
    expect(answer.notes).toContainEqual(
      "steps: 13–19 Nov 2026 against 16 Oct – 12 Nov 2026, because today is still counting.",
    );
    expect(answer.notes).toContainEqual(
      "steps: mean and mean_compared are weekday-adjusted: the usual difference between weekdays is subtracted.",
    );
    expect(answer.notes).toContainEqual(
      "plain_mean and plain_mean_compared are the ordinary means of the measured days.",
    );
  });

  it("have the plain means beside those without weekdays, in the rows and in words", async () => {
    const held = {
      daily_activity: days.map((day, index) =>
        // Saturdays have 6,000 steps more, and a period of eight days has two of them.
        activityOn(day, "+00:00", { steps: 8000 + 100 * (index % 3) + (new Date(day).getUTCDay() === 6 ? 6000 : 0) }),
      ),
    };
    const input = {
      metrics: ["steps"],
      ...{ start_date: "2026-11-07", end_date: "2026-11-14" },
      ...{ compare_start_date: "2026-11-01", compare_end_date: "2026-11-06" },
    };
    const { answer } = await ask(comparePeriodsTool, input, { now, held, offsetMinutes: 0 });
    const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // the tool's output
    const row = Object.fromEntries(columns.map((name, index) => [name, rows[0]?.[index]]));
    const plain = (from: string, to: string) => {
      const steps = held.daily_activity.filter(({ day }) => day >= from && day <= to).map((one) => Number(one.steps));
      return Math.round(steps.reduce((sum, value) => sum + value, 0) / steps.length);
    };
    const [now8, then6] = [plain("2026-11-07", "2026-11-14"), plain("2026-11-01", "2026-11-06")];
    expect(row).toMatchObject({ plain_mean: now8, plain_mean_compared: then6 });
    expect(Number(row.mean)).toBeLessThan(now8);
    const say = (steps: number) => steps.toLocaleString("en-US");
    expect(answer.summary).toContain(`; plain means ${say(then6)} steps to ${say(now8)} steps`);
  });

  it("that are named and end today end yesterday for metrics of the whole day", async () => {
    const activity = days.map((day, index) => activityOn(day, "+00:00", { steps: 8000 + 500 * (index % 5) }));
    const input = { metrics: ["steps", "resting_heart_rate"], start_date: "2026-11-14" };
    const held = { sleep: nights, daily_activity: activity };
    const { answer } = await ask(comparePeriodsTool, input, { now, held, offsetMinutes: 0 });
    const { rows } = answer as unknown as { rows: unknown[][] }; // the tool's output
    expect(rows.map((row) => [row[3], row[5]])).toEqual([
      [6, 28],
      [7, 28],
    ]);
    expect(answer.notes).toContainEqual(expect.stringContaining("steps: 14–19 Nov 2026 against 17 Oct – 13 Nov 2026"));
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
    const uneven = await compare({ ...question, last_days: 10, compare_with: "previous" });
    expect(uneven.answer.notes).toContainEqual(
      expect.stringMatching(/weekdays of the two periods differ: .* 2 of 10 days against 3 of 10/),
    );
    const whole = await compare({ ...question, last_days: 14 });
    expect(String(whole.answer.notes)).not.toContain("weekdays of the two periods");
  });
});
