import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { ask, nightTo } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a label, written as one
const length = 210;

/** Ordinary nights; three strained ones end `illBack` days before today. The temperature rises every 28 nights, or not. */
function life({ rise, illBack }: { rise: number; illBack: number | null }) {
  const days = Array.from({ length }, (_, index) => {
    const wobble = (((index * 7919) % 11) - 5) / 5;
    const isIll = illBack !== null && length - 1 - index >= illBack && length - 1 - index < illBack + 3;
    return { day: addDays(today, index + 1 - length), index, wobble, isIll };
  });
  return {
    sleep: days.map(({ day, wobble, isIll }) =>
      nightTo(day, {
        lowest_heart_rate: 52 + Math.round(2 * wobble) + (isIll ? 10 : 0),
        average_hrv: 45 + 5 * wobble - (isIll ? 20 : 0),
        average_breath: 15 + wobble / 2 + (isIll ? 2 : 0),
      }),
    ),
    // The last rise is 12 days before today.
    daily_readiness: days.map(({ day, index, wobble, isIll }) => ({
      day,
      score: 80,
      temperature_deviation: 0.1 * wobble + ((index - (length - 13) + 280) % 28 < 13 ? rise : 0) + (isIll ? 1 : 0),
    })),
  };
}

async function detect(held: ReturnType<typeof life>, input: object = {}) {
  const { answer } = await ask(anomaliesTool, input, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
  const { together, notes = [] } = answer as unknown as { together: { text: string }[]; notes?: string[] }; // its output
  return { texts: together.map(({ text }) => text), notes };
}

const rose = /The temperature of the nights also rose about (\d+) days before\./;

describe("a monthly rhythm of the temperature", () => {
  it("is named beside signs of strain in the nights after a rise", async () => {
    const { texts } = await detect(life({ rise: 0.4, illBack: 3 }));
    expect(texts).toHaveLength(1);
    const days = Number(rose.exec(texts[0] ?? "")?.[1]);
    expect(days).toBeGreaterThan(25);
    expect(days).toBeLessThan(43);
  });

  it("is not named beside signs of strain before a rise", async () => {
    const { texts } = await detect(life({ rise: 0.4, illBack: 20 }));
    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toMatch(rose);
  });

  it("is noted where nothing was found in the nights before a rise, which hide more", async () => {
    const note = expect.stringContaining("Before it rises, signs of strain are found less often.");
    const before = await detect(life({ rise: 0.4, illBack: null }), { end_date: addDays(today, -16) });
    expect(before.texts).toEqual([]);
    expect(before.notes).toContainEqual(note);
    const after = await detect(life({ rise: 0.4, illBack: null }));
    expect(after.notes).not.toContainEqual(note);
  });

  it("leaves no word with those who have none, and never speaks of a phase or of fertility", async () => {
    const none = await detect(life({ rise: 0, illBack: 3 }));
    expect(none.texts).toHaveLength(1);
    expect(JSON.stringify(none)).not.toMatch(/rose|rises|monthly/);
    const found = await detect(life({ rise: 0.4, illBack: 3 }));
    expect(JSON.stringify(found)).not.toMatch(/phase|ovulat|luteal|follicular|fertil|cycle|period/i);
  });
});
