import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { activityOn, ask } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a date of the calendar

/** The answer about the last 30 days of a person who walks 8,000 to 8,400 steps, but for the given days ago. */
async function askAbout(unusual: Readonly<Record<number, number>>) {
  const held = {
    daily_activity: Array.from({ length: 200 }, (_, ago) =>
      activityOn(addDays(today, -ago), "+00:00", { steps: unusual[ago] ?? 8000 + 100 * ((ago * 7919) % 5) }),
    ),
  };
  const input = { metrics: ["steps"], start_date: addDays(today, -29), end_date: today };
  const { answer } = await ask(anomaliesTool, input, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
  return answer as unknown as { summary: string; unusual: { text: string }[] }; // the tool's output
}

describe("unusual days", () => {
  it("count flagged values and their runs beside the values that ordinary days give", async () => {
    const { summary } = await askAbout({ 18: 29_500, 17: 30_500, 10: 30_000, 9: 29_000, 3: 28_000 });
    expect(summary).toMatch(
      /5 flagged values of single metrics in 3 runs; ordinary days would give about [\d.]+ values?, so this is more than ordinary\./,
    );
    expect((await askAbout({})).summary).toMatch(
      /nothing unusual\. No value of a single metric is flagged; ordinary days would give about/,
    );
  });

  it("name the unit once where it is the metric's name", async () => {
    const { unusual } = await askAbout({ 3: 28_000 });
    expect(unusual[0]?.text).toMatch(/^28,000 steps on Tue 17 Nov 2026, usual /);
  });
});
