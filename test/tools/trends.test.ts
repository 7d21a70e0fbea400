import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { activityOn, ask, nightTo } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a label, written as one
const days = Array.from({ length: 200 }, (_, index) => addDays(today, index - 199));
/** Resting heart rate 50 ± 1, and 54 ± 1 in the last week; steps of the same days. */
const held = {
  sleep: days.map((day, index) =>
    nightTo(day, {
      lowest_heart_rate: (day < "2026-11-14" ? 50 : 54) + (index % 3) - 1,
      average_hrv: 40 + (index % 5),
    }),
  ),
  daily_activity: days.map((day, index) => activityOn(day, "+00:00", { steps: 8000 + 300 * (index % 5), score: 80 })),
};

async function trends(input: object) {
  const { answer, requests } = await ask(trendsTool, input, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
  const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // the tool's output
  return {
    answer,
    requests,
    rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
  };
}

it("says of many metrics with how many days, and which differences would not show", async () => {
  const metrics = ["steps", "activity_score", "resting_heart_rate", "hrv"];
  const none = await trends({ window_days: 14, metrics, end_date: "2026-11-13" });
  expect(none.answer.summary).toMatch(
    /no clear difference in any of 4 metrics\. In 14 days \(n 14, against n 14\) smaller differences than these would not show: [\d,]+ steps, [^.]+ [\d.]+ points?, and resting heart rate [\d.]+ bpm \(1 more by the intervals in the table\)\./,
  );
  const some = await trends({ window_days: 7, metrics });
  expect(some.answer.summary).toMatch(
    /Against the 7 days before: resting heart rate .*\. In 7 days \(n 7, against n 7\) smaller differences than these would not show: /,
  );
});

describe("the changes of a trend", () => {
  it("have an interval, and are named only where it excludes zero", async () => {
    const { answer, rows } = await trends({ metrics: ["resting_heart_rate", "hrv"], window_days: 7 });
    expect(rows[0]).toMatchObject({ mean: 54, vs_window: 4.1, vs_window_pct: 8 });
    expect(rows[0]?.vs_window_low).toBeGreaterThan(0);
    expect(answer.summary).toMatch(
      /Resting heart rate \+8 % against the 7 days before \(from 49\.9 bpm \(n 7\) to 54\.0 bpm \(n 7\)/i,
    );
    expect(answer.summary).toMatch(/no clear difference from the 7 days before \(geometric means from .* interval -/);
    expect(answer.notes).toContainEqual("hrv: the compared means are geometric, because single values are skewed.");
  });

  it("end yesterday for metrics of the whole day", async () => {
    const { answer, rows } = await trends({ metrics: ["steps"], window_days: 7 });
    expect(rows[0]).toMatchObject({ n: 7, coverage_pct: 100 });
    expect(answer.notes).toContainEqual("steps: up to 19 Nov 2026, because today is still counting.");
    const earlier = await trends({ metrics: ["steps"], window_days: 7, end_date: "2026-11-18" });
    expect(String(earlier.answer.notes)).not.toContain("still counting");
  });

  it("read their history from the last day, however far back the course goes", async () => {
    const firstOf = async (input: object) => {
      const { requests } = await trends({ metrics: ["resting_heart_rate"], window_days: 7, ...input });
      return requests.find(({ route }) => route === "sleep")?.query.get("start_date");
    };
    const history = await firstOf({});
    expect(history?.slice(0, 7)).toBe("2026-05");
    expect(await firstOf({ start_date: "2026-10-01" })).toBe(history);
    expect(await firstOf({ start_date: "2026-01-01" })).toMatch(/^2025-12/);
  });

  it("say so when days of illness in their history are found with fewer metrics", async () => {
    const input = { metrics: ["steps", "readiness_score"], window_days: 7 };
    const failing = { ...held, daily_readiness: () => new Response(null, { status: 403 }) };
    const { answer } = await ask(trendsTool, input, { now: `${today}T20:00:00Z`, held: failing, offsetMinutes: 0 });
    expect(answer.notes).toContainEqual(expect.stringContaining("These are found without temperature_deviation"));
    const whole = await trends({ metrics: ["steps"], window_days: 7 });
    expect(String(whole.answer.notes)).not.toContain("illness");
  });
});
