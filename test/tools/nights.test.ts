import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type IsoDay, isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { ouraRoutes } from "../../src/oura/routes.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { sleepSessionsTool } from "../../src/tools/sleep-sessions/sleep-sessions-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import type { Picture } from "../../src/words/pictures.ts";
import { type Asked, activityOn, ask, type Held } from "./ask.ts";

const day = "2026-08-18";
const evening = { now: "2026-08-18T18:00:00Z", offsetMinutes: 120 };

/** A sleep record of `day` at +02:00, asleep for the given minutes, with a fifth of them deep. */
function sleep(type: string | null, from: string, to: string | null, asleepMinutes: number, fields: object = {}) {
  const at = (time: string) => `${time.length > 5 ? time : `${day}T${time}`}:00.000+02:00`;
  const seconds = asleepMinutes * 60;
  return {
    ...{ day, type, bedtime_start: at(from), bedtime_end: to === null ? null : at(to) },
    ...{ total_sleep_duration: seconds, deep_sleep_duration: seconds / 5, rem_sleep_duration: seconds / 5 },
    ...{ light_sleep_duration: (3 * seconds) / 5, awake_time: 600, latency: 300, efficiency: 90 },
    ...{ average_breath: 15, average_heart_rate: 60, average_hrv: 40, lowest_heart_rate: 52, restless_periods: 100 },
    ...fields,
  };
}

function recordsOf(records: readonly object[], score: number | null = 80): Held {
  return {
    sleep: records,
    daily_sleep: score === null ? [] : [{ day, score, contributors: { total_sleep: score } }],
    daily_readiness: [{ day, score: 80, temperature_deviation: 0 }],
    daily_activity: [activityOn(day, "+02:00", { score: 80 })],
    ring_configuration: [{ hardware_type: "gen4" }],
  };
}

function rowsOf({ answer }: Asked): Record<string, unknown>[] {
  const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // every table has both
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
}

const askSessions = (held: Held, more: object = {}) =>
  ask(sleepSessionsTool, { start_date: day }, { ...evening, held, ...more });
const askSummary = (held: Held, more: object = {}) =>
  ask(dailySummaryTool, { start_date: day, sections: ["sleep"] }, { ...evening, held, ...more });

const upAtNight = [
  sleep("long_sleep", "2026-08-17T23:10", "02:55", 204, { lowest_heart_rate: 58, average_hrv: 30 }),
  sleep("long_sleep", "03:40", "07:25", 210, { lowest_heart_rate: 49, average_hrv: 60 }),
  sleep("sleep", "13:00", "13:40", 34, { lowest_heart_rate: 255, average_hrv: null }),
];

describe("a night in parts", () => {
  it.each([
    ["up for 45 minutes, and a nap", upAtNight, { asleep: 414, inBed: 495, withNaps: 448, hrv: 45, low: 49 }],
    [
      "up twice",
      [
        sleep("long_sleep", "2026-08-17T23:00", "02:10", 160),
        sleep("long_sleep", "02:50", "06:00", 165, { lowest_heart_rate: 50, average_hrv: 45 }),
        sleep("long_sleep", "07:00", "10:10", 170, { lowest_heart_rate: 51, average_hrv: null }),
      ],
      { asleep: 495, inBed: 670, withNaps: null, hrv: 43, low: 50 },
    ],
    [
      "records that overlap by 50 minutes",
      [
        sleep("long_sleep", "2026-08-17T23:10", "03:20", 230),
        sleep("long_sleep", "02:30", "07:10", 260, { lowest_heart_rate: 50, average_hrv: 44 }),
      ],
      { asleep: 444, inBed: 480, withNaps: null, hrv: 42, low: 50 },
    ],
  ])("%s is one night in sleep sessions and in the daily summary", async (_name, records, expected) => {
    const [sessions, summary] = [await askSessions(recordsOf(records)), await askSummary(recordsOf(records))];
    const nights = rowsOf(sessions).filter(({ kind }) => kind === "night");
    expect(nights).toMatchObject([
      { asleep_min: expected.asleep, in_bed_min: expected.inBed, hrv_ms: expected.hrv, hr_low_bpm: expected.low },
    ]);
    expect(rowsOf(summary)).toMatchObject([{ day, total_sleep_min: expected.asleep }]);
    expect(sessions.answer.days_with_naps).toEqual(
      expected.withNaps === null
        ? undefined
        : [{ day, total_sleep_min: expected.asleep, total_sleep_with_naps_min: expected.withNaps }],
    );
    const [joined] = sessions.answer.joined as { columns: string[]; rows: number[][] }[]; // as its schema says
    const asleep = joined?.columns.indexOf("asleep_min") ?? -1;
    expect(joined?.rows.reduce((sum, row) => sum + (row[asleep] ?? 0), 0)).toBe(expected.asleep);
  });

  it("that Oura sends twice is one night, and a night that is whole has no parts", async () => {
    const once = sleep("long_sleep", "2026-08-17T23:10", "07:25", 430);
    const [one, twice] = await Promise.all(
      [[once], [once, { ...once, id: "again" }]].map((held) => askSessions(recordsOf(held))),
    );
    expect(twice && rowsOf(twice)).toEqual(one && rowsOf(one));
    expect(twice?.answer).not.toHaveProperty("joined");
    expect(twice?.answer.summary).not.toContain("parts");
    expect(twice?.answer.summary).toContain("1 record within another is not counted again.");
  });

  it("says which parts it has and why they are one", async () => {
    const { answer } = await askSessions(recordsOf(upAtNight));
    expect(answer.summary).toContain("asleep 6 h 54 min of 8 h 15 min in bed (23:10-07:25)");
    expect(answer.summary).toContain(
      "One night in 2 parts (23:10-02:55, 03:40-07:25), with less than 3 hours between them.",
    );
    expect(answer.joined).toMatchObject([
      {
        kind: "night",
        why: "23:10-02:55 and 03:40-07:25 count as one sleep, because less than 3 hours lie between them (45 min).",
      },
    ]);
  });

  it("has the long sleep of the afternoon beside it, three hours or more away, as a second sleep", async () => {
    const shifts = [sleep("long_sleep", "00:30", "04:50", 240), sleep("long_sleep", "09:50", "14:10", 235)];
    const { answer } = await askSessions(recordsOf(shifts));
    expect(rowsOf({ answer } as Asked).map(({ kind, asleep_min }) => [kind, asleep_min])).toEqual([
      ["night", 240],
      ["second_sleep", 235],
    ]);
    expect(answer.days_with_naps).toEqual([{ day, total_sleep_min: 240, total_sleep_with_naps_min: 475 }]);
    expect(answer.summary).toContain("1 second sleep beside the night.");
  });

  it("is drawn as one course, with nothing between its parts", async () => {
    const course = (sleep_phase_5_min: string, items: number[]) => ({
      sleep_phase_5_min,
      heart_rate: { interval: 300, items },
    });
    const records = [
      sleep("long_sleep", "02:00", "02:15", 12, course("112", [50, 51, 52])),
      sleep("long_sleep", "02:25", "02:35", 9, course("23", [53, 54])),
    ];
    const drawn: Picture[] = [];
    const asking = { ...evening, held: recordsOf(records), draw: (picture: Picture) => drawn.push(picture) };
    const { answer } = await ask(sleepSessionsTool, { start_date: day, include_time_series: true }, asking);
    expect(drawn).toMatchObject([
      {
        sleeps: [
          {
            sleep: "night",
            stages: { seconds: 300, digits: "112  23" },
            heartRate: { seconds: 300, values: [50, 51, 52, null, null, 53, 54] },
            hrv: null,
          },
        ],
      },
    ]);
    expect(answer.time_series).toMatchObject({ sleeps: [{ kind: "night" }, { kind: "night" }] });
  });

  it("at the first and the last day of a range is whole, though its parts lie on two dates", async () => {
    const on = (label: string, before: string) => [
      sleep("long_sleep", `${before}T20:30`, `${before}T23:50`, 190, { day: label }),
      sleep("long_sleep", `${label}T00:40`, `${label}T05:10`, 250, { day: label }),
    ];
    const records = [
      ...on("2026-08-15", "2026-08-14"),
      ...on("2026-08-16", "2026-08-15"),
      ...on("2026-08-17", "2026-08-16"),
      ...on("2026-08-18", "2026-08-17"),
    ];
    const question = { start_date: "2026-08-16", end_date: "2026-08-17" };
    const asked = await ask(sleepSessionsTool, question, { ...evening, held: recordsOf(records) });
    expect(rowsOf(asked).map((row) => [row.day, row.asleep_min])).toEqual([
      ["2026-08-16", 440],
      ["2026-08-17", 440],
    ]);
  });
});

describe("a night of one short sleep", () => {
  const hours = [
    ["of 2 h 40 min", sleep("sleep", "03:10", "06:05", 160), 160],
    ["of 55 min that ends late in the morning", sleep("sleep", "10:50", "11:59", 55), 55],
    ["of 1 h 30 min that Oura calls a late nap", sleep("late_nap", "04:00", "05:45", 90), 90],
  ] as const;

  it.each(hours)("%s counts if Oura scored it, on the same day and later", async (_name, record, minutes) => {
    const words = `a short sleep of ${minutes >= 60 ? `${Math.floor(minutes / 60)} h ` : ""}${minutes % 60} min`;
    for (const now of ["2026-08-18T18:00:00Z", "2026-08-20T18:00:00Z"]) {
      const [sessions, summary] = [
        await askSessions(recordsOf([record], 41), { now }),
        await askSummary(recordsOf([record], 41), { now }),
      ];
      expect(rowsOf(sessions)).toMatchObject([{ kind: "night", asleep_min: minutes }]);
      expect(rowsOf(summary)).toMatchObject([{ sleep_score: 41, total_sleep_min: minutes }]);
      for (const { answer } of [sessions, summary]) {
        expect(answer.summary).toContain(words);
        expect(answer.missing).toEqual([]);
      }
    }
  });

  it.each(hours)("%s is told and not counted where the score cannot be read", async (_name, record) => {
    const failing = { ...recordsOf([record]), daily_sleep: () => new Response("", { status: 404 }) };
    const { answer } = await askSessions(failing, { now: "2026-08-19T18:00:00Z" });
    expect(rowsOf({ answer } as Asked)).toMatchObject([{ kind: "short_sleep" }]);
    expect(answer.summary).toContain("is not counted as the night");
    expect(answer.missing).toMatchObject([
      { what: "night", days: day, reason: "unavailable" },
      { what: "short nights", reason: "unavailable" },
    ]);
    const summary = await askSummary(failing, { now: "2026-08-19T18:00:00Z" });
    expect(rowsOf(summary)).toMatchObject([{ total_sleep_min: null }]);
    expect(summary.answer.notes).toContainEqual(expect.stringContaining("is not counted as the night"));
  });

  it("that began at night is told and not counted where Oura gave no score; one of the morning is a nap", async () => {
    const later = { now: "2026-08-19T18:00:00Z" };
    const night = await askSessions(recordsOf([hours[0][1]], null), later);
    expect(rowsOf(night)).toMatchObject([{ kind: "short_sleep", asleep_min: 160 }]);
    expect(night.answer.summary).toContain("is not counted as the night, because Ōura gave it no sleep score");
    expect(night.answer.missing).toMatchObject([{ what: "night", reason: "unavailable" }]);
    const morning = await askSessions({ ...recordsOf([hours[1][1]], null), daily_readiness: [] }, later);
    expect(rowsOf(morning)).toMatchObject([{ kind: "nap", asleep_min: 55 }]);
    expect(morning.answer.missing).toMatchObject([{ what: "night", reason: "not_worn" }]);
  });

  it("needs no score where the day has a long sleep, so none is read", async () => {
    const { requests } = await askSessions(recordsOf(upAtNight));
    expect(requests.map(({ route }) => route)).toEqual(["sleep"]);
  });
});

describe("among seventy ordinary nights", () => {
  const today = "2026-08-20" as IsoDay; // a label, written as one
  const now = { now: "2026-08-20T18:00:00Z", offsetMinutes: 120 };
  /** Some seven hours a night from 23:10 to 07:00, and the given records of the night to 18 August. */
  function historyWith(records: readonly object[]): Held {
    const others = Array.from({ length: 70 }, (_, back) => addDays(today, -back)).filter((label) => label !== day);
    const wobble = (label: IsoDay) => ((parseInt(label.slice(8), 10) * 7919) % 11) - 5;
    const ordinary = others.map((label) => {
      const from = `${addDays(label, -1)}T23:10`;
      return sleep("long_sleep", from, `${label}T07:00`, 420 + 4 * wobble(label), { day: label });
    });
    return {
      ...recordsOf([...ordinary, ...records]),
      daily_sleep: [...others, day].map((label) => ({ day: label, score: 80 })),
      daily_activity: [...others, day].map((label) => activityOn(label, "+02:00")),
    };
  }

  const inParts: [string, object[], number][] = [
    [
      "up for 45 minutes",
      [sleep("long_sleep", "2026-08-17T23:10", "02:55", 204), sleep("long_sleep", "03:40", "07:25", 216)],
      420,
    ],
    [
      "up twice for half an hour",
      [
        sleep("long_sleep", "2026-08-17T23:10", "01:35", 140),
        sleep("long_sleep", "02:05", "04:30", 140),
        sleep("long_sleep", "05:00", "07:25", 140),
      ],
      420,
    ],
    [
      "in records that overlap",
      [sleep("long_sleep", "2026-08-17T23:10", "03:20", 225), sleep("long_sleep", "02:50", "07:10", 234)],
      432,
    ],
  ];
  it.each(inParts)(
    "a night %s is as long as the others, and nothing of it is unusual",
    async (_name, records, total) => {
      const held = historyWith(records);
      const metrics = ["total_sleep", "deep_sleep", "rem_sleep", "bedtime", "wake_time"];
      const { answer } = await ask(anomaliesTool, { metrics }, { ...now, held });
      expect(answer.unusual).toEqual([]);
      const range = { start_date: "2026-08-14", end_date: today };
      const sessions = await ask(sleepSessionsTool, range, { ...now, held });
      expect(sessions.answer.summary).toContain("7 of 7 nights");
      const nights = rowsOf(sessions).filter(({ kind }) => kind === "night");
      expect(nights.find((night) => night.day === day)).toMatchObject({
        asleep_min: total,
        deep_min: Math.round(total / 5),
      });
      const mean = nights.reduce((sum, night) => sum + Number(night.asleep_min), 0) / 7;
      const trends = await ask(trendsTool, { metrics: ["total_sleep"], window_days: 7 }, { ...now, held });
      expect(rowsOf(trends)).toMatchObject([{ n: 7, mean: expect.closeTo(mean / 60, 1) }]);
      const compared = await ask(comparePeriodsTool, { metrics: ["total_sleep"], last_days: 7 }, { ...now, held });
      expect(rowsOf(compared)).toMatchObject([{ n: 7, n_compared: 28 }]);
      const question = { start_date: day, sections: ["sleep"], include_baselines: true };
      const summary = await ask(dailySummaryTool, question, { ...now, held });
      expect(rowsOf(summary)).toMatchObject([{ total_sleep_min: total, deep_min: Math.round(total / 5) }]);
      expect(/Against .*/.exec(summary.answer.summary)?.[0] ?? "").not.toMatch(/asleep|deep|REM|bedtime/);
    },
  );

  it.each([
    ["of 2 h 40 min", sleep("sleep", "03:10", "06:05", 160)],
    ["of an hour", sleep("sleep", "04:10", "05:25", 60)],
    ["that Oura calls a late nap", sleep("late_nap", "02:00", "04:20", 130)],
  ])("a short night %s is in every metric, and no gap", async (_name, record) => {
    const held = historyWith([record]);
    const metrics = ["total_sleep", "deep_sleep", "hrv", "resting_heart_rate", "bedtime"];
    const trends = await ask(trendsTool, { metrics, window_days: 7 }, { ...now, held });
    expect(rowsOf(trends).map(({ n }) => n)).toEqual([7, 7, 7, 7, 7]);
    expect(rowsOf(trends)[0]?.min).toBeCloseTo(record.total_sleep_duration / 3600, 1);
    expect(trends.answer.missing).toEqual([]);
    const { answer } = await ask(anomaliesTool, { metrics: ["total_sleep"] }, { ...now, held });
    expect(answer.unusual).toMatchObject([{ metric: "total_sleep", from: day, to: day }]);
  });
});

describe("a record that Oura has not finished", () => {
  const morning = { now: "2026-08-18T04:30:00Z" };
  it.each([
    ["without an end", [sleep("long_sleep", "2026-08-17T23:10", null, 240)]],
    ["without a kind", [sleep(null, "2026-08-17T23:10", "05:55", 350)]],
    [
      "without an end, after a few minutes of another",
      [sleep(null, "2026-08-17T22:50", "2026-08-17T22:54", 3), sleep("long_sleep", "2026-08-17T23:10", null, 240)],
    ],
  ])("%s is in no figure, and the morning says that the night is still being written", async (_name, records) => {
    const held = recordsOf(records, null);
    const [sessions, summary] = [
      await askSessions(held, morning),
      await askSummary({ ...held, daily_readiness: [] }, morning),
    ];
    expect(rowsOf(sessions).every((row) => row.kind === "unfinished" && row.asleep_min === null)).toBe(true);
    expect(rowsOf(sessions)).toHaveLength(records.length);
    expect(sessions.answer.missing).toEqual([{ what: "night", days: day, reason: "unfinished" }]);
    expect(summary.answer.missing).toEqual([{ what: "sleep", days: day, reason: "unfinished" }]);
    for (const { answer } of [sessions, summary]) expect(answer.summary).toContain("the night is still being written");
  });

  it("leaves the parts before it as the night so far, and is told beside them", async () => {
    const records = [sleep("long_sleep", "2026-08-17T23:10", "03:10", 230), sleep("long_sleep", "04:00", null, 20)];
    const [sessions, summary] = [await askSessions(recordsOf(records)), await askSummary(recordsOf(records))];
    expect(rowsOf(sessions)).toMatchObject([
      { kind: "night", asleep_min: 230 },
      { kind: "unfinished", start: "04:00", end: null, asleep_min: null },
    ]);
    expect(sessions.answer.summary).toContain("a record from 04:00 on is not finished and not counted");
    expect(summary.answer.notes).toContainEqual(
      `Tue 18 Aug 2026: a record from 04:00 on is not finished and not counted.`,
    );
  });

  it("has the newest night named beside it, in words", async () => {
    const before = sleep("long_sleep", "2026-08-16T23:10", "2026-08-17T07:00", 420, { day: "2026-08-17" });
    const held = {
      ...recordsOf([before, sleep("long_sleep", "2026-08-17T23:10", null, 240)], null),
      daily_readiness: [],
    };
    for (const { answer } of [await askSessions(held, morning), await askSummary(held, morning)])
      expect(answer.summary).toContain("The newest night is Mon 17 Aug 2026.");
  });

  it("weeks ago is no night that is still being written: Oura gave none", async () => {
    const held = recordsOf([sleep("long_sleep", "2026-08-17T23:10", null, 240)], null);
    const { answer } = await askSessions(held, { now: "2026-09-10T18:00:00Z" });
    expect(answer.missing).toMatchObject([{ what: "night", reason: "unavailable" }]);
  });
});

describe("a nap", () => {
  it("that overlaps the night counts with its part outside, and not at all inside", async () => {
    const records = [
      sleep("long_sleep", "2026-08-17T23:10", "07:00", 412),
      sleep("sleep", "06:30", "07:20", 40),
      sleep("sleep", "02:00", "02:30", 25),
    ];
    const { answer } = await askSessions(recordsOf(records));
    expect(rowsOf({ answer } as Asked).map(({ kind, asleep_min }) => [kind, asleep_min])).toEqual([
      ["night", 412],
      ["nap", 16],
    ]);
    expect(answer.summary).toContain("1 record within another is not counted again.");
    expect(answer.days_with_naps).toEqual([{ day, total_sleep_min: 412, total_sleep_with_naps_min: 428 }]);
  });

  it.each([
    ["late_nap", "2026-08-17T19:07", "2026-08-17T19:42", 32, true],
    ["long_sleep", "2026-08-17T18:10", "2026-08-17T21:40", 190, true],
    ["sleep", "2026-08-17T23:50", "00:35", 40, false],
    ["sleep", "17:10", "17:55", 40, false],
  ])("a %s from %s to %s is on the evening before its day, or not", async (type, from, to, asleep, isBefore) => {
    const records = [sleep("long_sleep", "01:30", "08:00", 370), sleep(type, from, to, asleep)];
    const { answer } = await askSessions(recordsOf(records));
    const note = "Ōura counts sleep that ends after 18:00 for the next day. It was on the evening before: 18 Aug 2026.";
    expect((answer.notes as string[]).includes(note)).toBe(isBefore);
  });

  it("alone is not the day's sleep in any figure", async () => {
    const held = recordsOf([sleep("late_nap", "16:00", "16:40", 35)], null);
    const { answer } = await askSessions(held);
    expect(answer.days_with_naps).toBeUndefined();
    expect(answer.summary).toContain("1 nap on 1 day.");
    const question = { metrics: ["total_sleep", "total_sleep_with_naps"], window_days: 3 };
    const trends = await ask(trendsTool, question, { ...evening, held });
    expect(rowsOf(trends)).toMatchObject([{ n: 0 }, { n: 0 }]);
  });
});

describe("every tool", () => {
  const last = parseIsoDay("2026-08-18") ?? isoDay(0);
  const days = 180;
  const first = addDays(last, 1 - days);
  /** Oura sends every field that is asked for; one that a test does not state is null. */
  const nullsOf = (route: "sleep" | "daily_activity") =>
    Object.fromEntries(Object.keys(ouraRoutes[route].schema.shape).map((field) => [field, null]));
  const [noSleep, noActivity] = [nullsOf("sleep"), nullsOf("daily_activity")];

  const part = fc.record({
    type: fc.constantFrom("long_sleep", "long_sleep", "sleep", "late_nap", "rest", "deleted", null),
    start: fc.integer({ min: -300, max: 1000 }),
    length: fc.option(fc.integer({ min: 1, max: 480 }), { nil: null, freq: 12 }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null, freq: 20 }),
  });
  const anyDays = fc.array(fc.record({ parts: fc.array(part, { maxLength: 4 }), score: fc.constantFrom(70, null) }), {
    minLength: days,
    maxLength: days,
  });

  it("names the same night and the same total for the same day: 10,080 days of any parts", async () => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (drawn) => {
        const held = { sleep: [] as object[], daily_sleep: [] as object[], daily_activity: [] as object[] };
        drawn.forEach(({ parts, score }, index) => {
          const label = addDays(first, index);
          held.daily_activity.push({ ...noActivity, ...activityOn(label, "+02:00") });
          if (score !== null) held.daily_sleep.push({ day: label, score });
          for (const { type, start, length, share } of parts) {
            const at = (minute: number) =>
              new Date(Date.parse(`${label}T00:00:00Z`) + minute * 60_000).toISOString().replace("Z", "+02:00");
            const total = length === null || share === null ? null : Math.round(2 * length * share) * 30;
            held.sleep.push({
              ...noSleep,
              day: label,
              type,
              bedtime_start: at(start),
              bedtime_end: length === null ? null : at(start + length),
              total_sleep_duration: total,
              deep_sleep_duration: total === null ? null : total / 2,
            });
          }
        });
        const range = { start_date: first, end_date: last };
        const metrics = ["total_sleep", "total_sleep_with_naps", "deep_sleep", "bedtime", "sleep_efficiency"];
        const drawings: Picture[] = [];
        const asking = { ...evening, held, draw: (picture: Picture) => drawings.push(picture) };
        const sessions: Asked[] = [];
        const summaries: Asked[] = [];
        for (let from = 0; from < days; from += 90) {
          const half = { start_date: addDays(first, from), end_date: addDays(first, from + 89) };
          sessions.push(await ask(sleepSessionsTool, half, asking));
          summaries.push(await ask(dailySummaryTool, { ...half, sections: ["sleep"] }, asking));
        }
        await ask(trendsTool, { ...range, metrics, window_days: 3 }, asking);
        await ask(anomaliesTool, { ...range, metrics }, asking);
        const compare = { start_date: addDays(last, -89), end_date: last, metrics: ["total_sleep"] };
        const compared = rowsOf(await ask(comparePeriodsTool, compare, asking))[0];
        const nights = new Map(
          sessions.flatMap(rowsOf).flatMap((row) => (row.kind === "night" ? [[row.day, row]] : [])),
        );
        type WithNaps = { day: IsoDay; total_sleep_with_naps_min: number }[]; // as its schema says
        const withNaps = new Map(
          sessions
            .flatMap(({ answer }) => (answer.days_with_naps ?? []) as WithNaps)
            .map((one) => [one.day, one.total_sleep_with_naps_min]),
        );
        const series = drawings.flatMap((picture) =>
          picture.kind === "trend" || picture.kind === "anomalies"
            ? [{ firstDay: picture.firstDay, metrics: picture.metrics }]
            : [],
        );
        expect(series.map(({ firstDay }) => firstDay)).toEqual([first, first]);
        // One expectation for all days: one for each figure would take longer than the answers.
        const different: string[] = [];
        const isSame = (label: IsoDay, what: string, same: boolean) => same || different.push(`${label}: ${what}`);
        const rows = summaries.flatMap(rowsOf);
        for (const row of rows) {
          const label = row.day as IsoDay; // the first column
          const night = nights.get(label) as Record<string, number | null> | undefined;
          isSame(label, "total in the summary", row.total_sleep_min === (night?.asleep_min ?? null));
          isSame(label, "deep sleep in the summary", row.deep_min === (night?.deep_min ?? null));
          isSame(label, "efficiency in the summary", row.sleep_efficiency_pct === (night?.efficiency_pct ?? null));
          const index = (Date.parse(label) - Date.parse(first)) / 86_400_000;
          for (const { metrics: found } of series) {
            const valueIn = (id: string) => found.find((one) => one.id === id)?.values[index] ?? null;
            const isNear = (hours: number, minutes: number) => Math.abs(hours * 60 - minutes) <= 3.5;
            const [asleep, total] = [valueIn("total_sleep"), valueIn("total_sleep_with_naps")];
            isSame(label, "deep sleep in a picture", valueIn("deep_sleep") === (night?.deep_min ?? null));
            const minutes = night?.asleep_min ?? Number.NaN;
            // The catalogue's least plausible total is .01 h.
            isSame(label, "total in a picture", asleep === null ? !(minutes > 1) : isNear(asleep, minutes));
            if (total !== null && asleep !== null)
              isSame(label, "total with naps in a picture", isNear(total, withNaps.get(label) ?? minutes));
          }
        }
        expect(rows).toHaveLength(days);
        expect(different).toEqual([]);
        const counted = (from: IsoDay, to: IsoDay) =>
          [...nights.values()].filter(
            (row) => String(row.day) >= from && String(row.day) <= to && Number(row.asleep_min) > 0,
          );
        const [later, earlier] = [counted(addDays(last, -89), last), counted(first, addDays(last, -90))];
        expect(compared?.n).toBeLessThanOrEqual(later.length);
        expect(compared?.n).toBeGreaterThanOrEqual(later.filter((row) => Number(row.asleep_min) > 1).length);
        expect(compared?.n_compared).toBeLessThanOrEqual(earlier.length);
      }),
      { numRuns: 56 },
    );
  }, 120_000);
});
