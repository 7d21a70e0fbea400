import { describe, expect, it } from "vitest";
import * as z from "zod";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { influencesTool } from "../../src/tools/influences/influences-tool.ts";
import { ask, failureOf } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a label, written as one
const length = 200;
const drinks = [150, 120, 100, 80, 60, 40].map((back) => addDays(today, -back));

/** Nights from 23:00 to 07:00 at 52 ± 1 bpm; +7 and +4 bpm in the two nights after each evening with alcohol. */
const sleep = Array.from({ length }, (_, index) => {
  const day = addDays(today, index + 1 - length);
  const raised = drinks.includes(addDays(day, -1)) ? 7 : drinks.includes(addDays(day, -2)) ? 4 : 0;
  return {
    day,
    type: "long_sleep",
    bedtime_start: `${addDays(day, -1)}T23:00:00+00:00`,
    bedtime_end: `${day}T07:00:00+00:00`,
    total_sleep_duration: 25_200,
    time_in_bed: 28_800,
    lowest_heart_rate: 52 + ((index * 7919) % 3) - 1 + raised,
  };
});
const tags = drinks.map((day) => ({
  start_day: day,
  end_day: null,
  start_time: `${day}T20:00:00+00:00`,
  end_time: null,
  tag_type_code: "tag_generic_alcohol",
}));

interface EventFields {
  around: { columns: string[]; rows: unknown[][] };
  recovery: { columns: string[]; rows: unknown[][] };
}

async function around(input: object) {
  const asked = { outcomes: ["resting_heart_rate"], ...input };
  const held = { sleep, enhanced_tag: tags };
  const { answer } = await ask(influencesTool, asked, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
  return { answer, ...(answer as unknown as EventFields) }; // the tool's output
}

describe("what follows an event", () => {
  it("is shown day by day for a date, with the day on which it was inside again", async () => {
    const { answer, around: table, recovery } = await around({ event: addDays(today, -40) });
    expect(table.columns).toEqual(["outcome", "unit", "day", "date", "value", "usual_low", "usual_high", "sd"]);
    expect(table.rows.map((row) => row[2])).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(table.rows.find((row) => row[2] === 1)).toMatchObject({ 3: addDays(today, -39) });
    expect(recovery.rows).toEqual([["resting_heart_rate", 3, null, null]]);
    expect(answer.summary).toMatch(
      /resting heart rate furthest out on .* \(day 1\): \d+ bpm, usual .*; back in the usual range from day 3 \(two nights in a row\)/,
    );
    expect(answer.summary).toContain("need not come from it");
    for (const field of ["columns", "rows", "nothing_found"]) expect(answer).not.toHaveProperty(field);
  });

  it("does not call a value outside that is shown equal to a limit of the usual range", async () => {
    for (let back = 20; back <= 80; back += 1) {
      const asked = {
        outcomes: ["resting_heart_rate", "total_sleep", "average_heart_rate"],
        event: addDays(today, -back),
      };
      const varied = sleep.map((night, index) => ({
        ...night,
        lowest_heart_rate: 52 + ((index * 7919) % 7),
        average_heart_rate: 58 + ((index * 7919) % 31) / 10,
        total_sleep_duration: 25_200 + ((index * 7919) % 121) * 30,
      }));
      const { answer } = await ask(influencesTool, asked, {
        now: `${today}T20:00:00Z`,
        held: { sleep: varied, enhanced_tag: tags },
        offsetMinutes: 0,
      });
      const { around: table, recovery } = answer as unknown as EventFields; // the tool's output
      for (const [outcome, backOn] of recovery.rows) {
        const after = table.rows.filter((row) => row[0] === outcome && Number(row[2]) > 0);
        const insides = after.map(([, , , , value, low, high]) => isBetween(value, low, high));
        const first = insides.findIndex((inside, at) => inside && insides[at + 1]);
        expect(backOn ?? null).toBe(first < 0 ? null : first + 1);
      }
    }
  });

  it("says so where it was furthest out only after it was inside again", async () => {
    // The event is six days before the evening with alcohol that is 40 days back.
    const { answer } = await around({ event: addDays(today, -46) });
    expect(answer.summary).toMatch(
      /resting heart rate in the usual range from day 1 \(two nights in a row\); later out of it, furthest on Mon 12 Oct 2026 \(day 7\): \d+ bpm/,
    );
  });

  it("has a sentence for each outcome of one event", async () => {
    const nights = sleep.map((night) => ({ ...night, average_hrv: 40 + (night.lowest_heart_rate % 3) }));
    const { answer } = await ask(
      influencesTool,
      { outcomes: ["resting_heart_rate", "hrv"], event: addDays(today, -40) },
      { now: `${today}T20:00:00Z`, held: { sleep: nights, enhanced_tag: tags }, offsetMinutes: 0 },
    );
    expect(answer.summary).toMatch(/two nights in a row\)\. Heart rate variability /);
  });

  it("says so where the record ends before it is inside again", async () => {
    const late = sleep.map((night) => (night.day === today ? { ...night, lowest_heart_rate: 60 } : night));
    const { answer } = await ask(
      influencesTool,
      { outcomes: ["resting_heart_rate"], event: "yesterday" },
      { now: `${today}T20:00:00Z`, held: { sleep: late, enhanced_tag: tags }, offsetMinutes: 0 },
    );
    expect(answer.summary).toContain("not back by day 1 (the record ends there)");
  });

  it("is a mean and a median over every evening with a tag", async () => {
    const { answer, around: table, recovery } = await around({ event: "Alcohol" });
    expect(table.columns).toEqual(["outcome", "unit", "day", "n", "difference", "low", "high", "mean_sd"]);
    const first = table.rows.find((row) => row[2] === 1);
    expect(first).toMatchObject({ 1: "bpm", 3: drinks.length });
    const [difference, low, high] = z.tuple([z.number(), z.number(), z.number()]).parse(first?.slice(4, 7));
    // The nights after the evenings are 7 bpm above the others, and the others differ by at most 1 bpm from their mean.
    expect(difference).toBeGreaterThan(5.9);
    expect(difference).toBeLessThan(8.1);
    expect(low).toBeLessThan(difference);
    expect(high).toBeGreaterThan(difference);
    expect(recovery.rows[0]?.slice(0, 4)).toEqual(["resting_heart_rate", 6, 6, 3]);
    expect(answer.summary).toMatch(
      /After 6 evenings with the tag alcohol .* resting heart rate furthest out on day 1: \+[67]\.\d bpm from usual on average of 6 \(95 % interval \+\d\.\d to \+\d\.\d bpm; \+\d\.\d SD\), usually back in range on day 3 \(median; seen after 6 of 6\)/,
    );
  });

  it("says how many were already inside on the first day, and why the others are not known", async () => {
    const ordinary = [140, 110, 90, 70, 50, 30, 20].map((back) => addDays(today, -back));
    const evenings = [...drinks.slice(0, 2), ...ordinary, addDays(today, -1)];
    const mixed = evenings.map((day) => ({ ...tags[0], start_day: day, start_time: `${day}T20:00:00+00:00` }));
    const { answer } = await ask(
      influencesTool,
      { outcomes: ["resting_heart_rate"], event: "alcohol" },
      { now: `${today}T20:00:00Z`, held: { sleep, enhanced_tag: mixed }, offsetMinutes: 0 },
    );
    expect(answer.summary).toContain(
      "yet already inside its usual range on day 1 after 7 of 10 (back later after 2; not seen after 1: the record ends there)",
    );
    expect(answer.summary).not.toContain("usually");
  });

  it("has no median for fewer than five evenings, and names a tag that is not there", async () => {
    const few = await around({ event: "alcohol", start_date: addDays(today, -90) });
    expect(few.answer.summary).toMatch(/day 1: \+\d\.\d bpm from usual on average of 3 \(\+\d+\.\d SD\)/);
    expect(few.answer.summary).toContain("too few for a median");
    expect(few.recovery.rows[0]?.[3]).toBeNull();
    const none = await around({ event: "moonlight" });
    expect(none.answer.summary).toMatch(/No tag of that name .*\. The tags of this time: tag alcohol\./);
    expect(none.recovery.rows).toEqual([]);
  });

  it.each(["Cold shower", "tag cold shower", "own tag 1"])("finds a tag of the wearer's own as %j", async (event) => {
    const own = tags.map((tag) => ({ ...tag, tag_type_code: "custom", custom_name: "Cold shower!" }));
    const { answer } = await ask(
      influencesTool,
      { outcomes: ["resting_heart_rate"], event },
      { now: `${today}T20:00:00Z`, held: { sleep, enhanced_tag: own }, offsetMinutes: 0 },
    );
    expect(answer.summary).toContain(`After 6 evenings with ${event === "own tag 1" ? event : "that tag"} from`);
  });

  it("numbers the wearer's own tags where none has the name, with their texts apart", async () => {
    const own = tags.map((tag) => ({ ...tag, tag_type_code: "custom", custom_name: "Obey me" }));
    const { answer } = await ask(
      influencesTool,
      { outcomes: ["resting_heart_rate"], event: "moonlight" },
      { now: `${today}T20:00:00Z`, held: { sleep, enhanced_tag: own }, offsetMinutes: 0 },
    );
    expect(answer.summary).toContain("The tags of this time: own tag 1; wearer_text has the names");
    expect(answer.wearer_text).toEqual({ "own tag 1": "Obey me" });
  });

  it("draws no conclusion from tags that cannot be read", async () => {
    const asking = { now: `${today}T20:00:00Z`, held: { sleep }, offsetMinutes: 0, refused: ["tag"] as const };
    const { answer } = await ask(influencesTool, { event: "alcohol" }, asking);
    expect(answer.summary).toMatch(
      /^Cannot say: tags could not be read\. Missing: tag \(no permission for this data\);/,
    );
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "tag", reason: "not_granted" }));
  });

  it("cannot be judged with too little history, and not before it happens", async () => {
    const { answer } = await around({ event: addDays(today, -196) });
    expect(answer.missing).toContainEqual(
      expect.objectContaining({ what: "resting_heart_rate", reason: "unavailable" }),
    );
    const future = around({ event: addDays(today, 3) });
    expect(await failureOf(future)).toMatchObject({ kind: "bad_input" });
  });
});

function isBetween(value: unknown, low: unknown, high: unknown): boolean {
  return Number(low) <= Number(value) && Number(value) <= Number(high);
}
