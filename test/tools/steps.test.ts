import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareSteps } from "../../src/analytics/intraday/step-share.ts";
import type { ScopeName } from "../../src/oura/scopes.ts";
import { intradayTool } from "../../src/tools/intraday/intraday-tool.ts";
import { activityOn, ask } from "./ask.ts";

const day = "2026-08-20";
const now = "2026-08-20T20:00:00Z";

/** A curve of 0.9 MET from 04:00, with the given effort between two clock times. */
function curve(
  spells: readonly [from: string, to: string, met: number][],
  { minutes = 960, from = 240 } = {},
): number[] {
  const at = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) - from;
  const items: number[] = Array.from({ length: minutes }, () => 0.9);
  for (const [start, end, met] of spells) items.fill(met, at(start), at(end));
  return items;
}

function workout(activity: string, from: string, to: string) {
  const times = { start_datetime: `${day}T${from}:00.000+02:00`, end_datetime: `${day}T${to}:00.000+02:00` };
  return { day, activity, intensity: "moderate", calories: null, distance: null, label: null, ...times };
}

async function askSteps(
  document: object,
  workouts: readonly object[],
  { input = {}, refused = [] }: { input?: object; refused?: readonly ScopeName[] } = {},
) {
  const held = { daily_activity: [activityOn(day, "+02:00", document)], workout: workouts };
  const asking = { now, held, offsetMinutes: 120, refused };
  const { answer } = await ask(intradayTool, { metric: "steps", start_date: day, ...input }, asking);
  const { rows = [] } = (answer.series ?? {}) as { rows?: [string, number | null][] }; // the tool's output schema
  return { answer, taken: rows.filter(([, steps]) => steps !== null && steps > 0), notes: String(answer.notes) };
}

const walk = ["09:00", "09:30", 3.2] as const;

function walkAnd(...spells: [string, string, number][]) {
  const met = { interval: 60, items: curve([[...walk], ...spells]), timestamp: `${day}T04:00:00.000+02:00` };
  return { steps: 3000, met };
}

describe("steps within a day with a workout", () => {
  it.each([
    ["swimming", "17:29", "17:53", 5.5],
    ["cycling", "18:00", "19:10", 7.9],
    ["strength_training", "12:00", "13:00", 3.5],
    ["houseWork", "12:00", "13:00", 2.5],
    ["parkour by another app", "12:00", "13:00", 6],
  ])("are none in %s, whatever its effort", async (activity, from, to, met) => {
    const { taken, notes, answer } = await askSteps(walkAnd([from, to, met]), [workout(activity, from, to)]);
    expect(taken).toEqual([["09:00", 3000]]);
    expect(answer.summary).toContain("3,000. Most in the 60 minutes from 09:00");
    expect(notes).toContain(`${from}-${to}: of workouts, only walking, hiking, running`);
  });

  it.each(["running", "hiking", "treadmill", "dancing", "soccer", "tableTennis"])(
    "are taken in %s",
    async (activity) => {
      const { taken, notes } = await askSteps(walkAnd(["17:00", "17:30", 3.2]), [workout(activity, "17:00", "17:30")]);
      expect(taken).toEqual([
        ["09:00", 1500],
        ["17:00", 1500],
      ]);
      expect(notes).not.toContain("No steps are placed");
    },
  );

  it("are taken where a walk was recorded at the same time as another workout", async () => {
    const workouts = [workout("strength_training", "12:00", "13:00"), workout("walking", "12:30", "13:10")];
    const { taken } = await askSteps(walkAnd(["12:00", "13:00", 3.2]), workouts);
    expect(taken).toEqual([
      ["09:00", 1500],
      ["12:00", 1500],
    ]);
  });

  it("of a clock range within a swim are none", async () => {
    const times = { start_time: "17:29", end_time: "17:53" };
    const swim = workout("swimming", "17:29", "17:53");
    const { answer } = await askSteps(walkAnd(["17:29", "17:53", 5.5]), [swim], { input: times });
    expect(answer.summary).toContain("17:29-17:53: 0, estimated.");
  });

  it("look like walking without the permission for workouts, and the note says so", async () => {
    const swim = workout("swimming", "17:29", "17:53");
    const { notes, taken } = await askSteps(walkAnd(["17:29", "17:53", 5.5]), [swim], { refused: ["workout"] });
    expect(taken.map(([time]) => time)).toEqual(["09:00", "17:00"]);
    expect(notes).toContain("minutes of a swim or a ride look like walking");
  });

  it("look like walking where workouts cannot be read, and missing says so", async () => {
    const held = {
      daily_activity: [activityOn(day, "+02:00", walkAnd(["17:29", "17:53", 5.5]))],
      workout: () => new Response(null, { status: 503 }),
    };
    const { answer } = await ask(intradayTool, { metric: "steps", start_date: day }, { now, held, offsetMinutes: 120 });
    expect(answer.missing).toEqual([
      expect.objectContaining({
        what: "workouts",
        reason: "unavailable",
        detail: expect.stringContaining("Minutes of a swim or a ride look like walking."),
      }),
    ]);
    expect(answer.notes).toContainEqual(expect.stringContaining("look like walking"));
  });

  it("that no minute can hold are counted and not placed", async () => {
    const met = { interval: 60, items: curve([["18:00", "19:00", 6]]), timestamp: `${day}T04:00:00.000+02:00` };
    const { answer, taken, notes } = await askSteps({ steps: 1500, met }, [workout("cycling", "18:00", "19:00")]);
    expect(taken).toEqual([]);
    expect(answer.summary).toContain(": 1,500.");
    expect(notes).toContain("The 1,500 steps of Thu 20 Aug 2026 cannot be placed");
    expect(answer.missing).toEqual([]);
  });
});

describe("the time of a curve", () => {
  it.each([
    ["begins at 04:00 in a document dated at midnight", "T04:00:00.000+02:00", 60, 240],
    ["begins at midnight in a document dated at 04:00", "T00:00:00.000+02:00", 60, 0],
    ["has five-minute steps", "T04:00:00.000+02:00", 300, 240],
    ["has half-minute steps", "T04:00:00.000+02:00", 30, 240],
    ["begins at 05:30", "T05:30:00.000+02:00", 60, 330],
  ])("is its own where it %s", async (_name, stamp, interval, from) => {
    const minutes = curve([[...walk]], { from, minutes: 1200 - from });
    const items = Array.from(
      { length: (minutes.length * 60) / interval },
      (_, k) => minutes[((k * interval) / 60) | 0],
    );
    const timestamp = `${day}${stamp === "T00:00:00.000+02:00" ? "T04:00:00+02:00" : "T00:00:00+02:00"}`;
    const document = { timestamp, steps: 3000, met: { interval, items, timestamp: `${day}${stamp}` } };
    const { taken, answer } = await askSteps(document, []);
    expect(taken).toEqual([["09:00", 3000]]);
    expect(answer.start).toBe(`${day}${stamp.slice(0, 6)}+02:00`);
  });

  it("is the document's where its own is missing or of another year", async () => {
    for (const timestamp of [null, "2021-01-01T00:00:00.000+00:00"]) {
      const { taken } = await askSteps(
        { steps: 3000, met: { interval: 60, items: curve([[...walk]]), timestamp } },
        [],
      );
      expect(taken).toEqual([["09:00", 3000]]);
    }
  });
});

it("adds up to the counts of two days whose curves overlap after a journey to the east", async () => {
  const met = (stamp: string) => ({ interval: 60, items: Array.from({ length: 1440 }, () => 2), timestamp: stamp });
  const held = {
    daily_activity: [
      activityOn("2026-08-18", "+02:00", { steps: 4000, met: met("2026-08-18T04:00:00.000+02:00") }),
      activityOn("2026-08-19", "+09:00", { steps: 1, met: met("2026-08-19T04:00:00.000+09:00") }),
      activityOn("2026-08-19", "+09:00", { steps: 6000, met: met("2026-08-19T04:00:00.000+09:00") }),
    ],
  };
  const input = { metric: "steps", start_date: "2026-08-18", end_date: "2026-08-19" };
  const { answer } = await ask(intradayTool, input, { now, held, offsetMinutes: 540 });
  const { rows } = answer.series as { rows: [string, number | null][] }; // the tool's output schema
  expect(rows.reduce((sum, [, steps]) => sum + (steps ?? 0), 0)).toBe(10_000);
  expect(answer.summary).toContain(": 10,000.");
});

it("keeps Oura's sum and takes no step in a spell without steps, for any curve", () => {
  const start = Date.parse("2026-08-20T04:00:00+02:00");
  const items = fc.array(fc.option(fc.double({ min: 0, max: 12, noNaN: true })), { minLength: 1, maxLength: 300 });
  const spells = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 90 })), { maxLength: 4 });
  fc.assert(
    fc.property(items, fc.nat(30_000), fc.constantFrom(30, 45, 60, 90, 300), spells, (met, totalSteps, seconds, at) => {
      const withoutSteps = at.map(([from, length]) => ({
        start: start + from * 60_000,
        end: start + (from + length) * 60_000,
      }));
      const share = shareSteps({ start, totalSteps, met, intervalSeconds: seconds, withoutSteps });
      if (share.kind !== "shared") return;
      expect(share.minutes.reduce((sum, { steps }) => sum + steps, 0)).toBe(totalSteps);
      const still = share.minutes.filter(({ at: minute }) =>
        withoutSteps.some((span) => minute >= span.start && minute < span.end),
      );
      expect(still.every(({ steps }) => steps === 0)).toBe(true);
    }),
  );
});
