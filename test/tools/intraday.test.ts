import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { intradayTool } from "../../src/tools/intraday/intraday-tool.ts";
import { activityOn, ask, failureOf, heartRate, nightTo } from "./ask.ts";

const now = "2026-11-20T15:00:00Z";
const newest = [activityOn("2026-11-19"), activityOn("2026-11-20")];

describe("heart rate of a day of travel", () => {
  const held = {
    daily_activity: [activityOn("2026-11-04", "+11:00"), activityOn("2026-11-05", "+11:00"), ...newest],
    heartrate: heartRate("2026-11-03T00:00:00Z", "2026-11-07T00:00:00Z"),
  };

  it("covers all 24 local hours of that day, independent of today's zone", async () => {
    const asking = { now, held, offsetMinutes: -300 };
    const { answer } = await ask(intradayTool, { start_date: "2026-11-05" }, asking);
    expect([answer.start, answer.end]).toEqual(["2026-11-05T00:00+11:00", "2026-11-06T00:00+11:00"]);
    expect(answer.summary).toContain("(24 h 0 min measured");
    expect(answer.missing).toEqual([]);
  });

  it("needs one round of requests if the zone has not changed", async () => {
    const { requests } = await ask(
      intradayTool,
      { start_date: "2026-11-05" },
      {
        now,
        held,
        offsetMinutes: 660,
      },
    );
    expect(requests.map(({ route }) => route).toSorted()).toEqual(["daily_activity", "heartrate", "sleep", "workout"]);
  });

  it("is complete in the very first call, when the zone is unknown", async () => {
    const { answer } = await ask(intradayTool, { start_date: "2026-11-05" }, { now, held });
    expect(answer.summary).toContain("(24 h 0 min measured");
  });
});

describe("heart rate without activity records of the days", () => {
  const question = { start_date: "2026-11-15" };
  const held = {
    daily_activity: () => new Response(null, { status: 503 }),
    heartrate: heartRate("2026-11-15T00:00:00Z", "2026-11-15T18:00:00Z"),
  };

  it("is answered in the last known zone, and says so", async () => {
    const { answer } = await ask(intradayTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.summary).toContain("(18 h 0 min measured");
    expect(answer.missing[0]).toEqual({
      what: "days' own records",
      reason: "unavailable",
      detail:
        "Ōura has a problem on its side (HTTP status 503). Your connection to Ōura stays as it is. Try again in a few minutes. " +
        "Times are at UTC+00:00 throughout, as last known.",
    });
  });

  it("does not report a gap after the newest reading as not_worn", async () => {
    const { answer } = await ask(intradayTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing.slice(1)).toEqual([{ what: "heart_rate 17:55-00:00", reason: "unavailable" }]);
  });
});

it("reports the five longest gaps of a day with times, and the number of others", async () => {
  const hours = [0, 2, 4, 6, 8, 10, 12];
  const readings = hours.flatMap((hour) =>
    heartRate(
      `2026-11-15T${String(hour).padStart(2, "0")}:00:00Z`,
      `2026-11-15T${String(hour + 1).padStart(2, "0")}:00:00Z`,
    ),
  );
  const held = { daily_activity: [activityOn("2026-11-15"), ...newest], heartrate: readings };
  const { answer } = await ask(intradayTool, { start_date: "2026-11-15" }, { now, held, offsetMinutes: 0 });
  expect(answer.missing).toHaveLength(6);
  const listed = answer.missing.slice(0, 5).map(({ what }) => what);
  expect(listed).toEqual(listed.toSorted()); // by their times
  expect(listed.at(-1)).toBe("heart_rate 12:55-00:00");
  expect(answer.missing.at(-1)).toEqual({ what: "heart_rate in 2 shorter gaps", reason: "not_worn" });
});

it("does not treat readings without a value as a ring that was off", async () => {
  const readings = heartRate("2026-11-15T00:00:00Z", "2026-11-16T00:00:00Z").map((row) => ({ ...row, bpm: null }));
  const held = {
    daily_activity: [activityOn("2026-11-15"), ...newest],
    heartrate: readings,
    ring_configuration: [{ hardware_type: "gen4" }],
  };
  const { answer } = await ask(intradayTool, { start_date: "2026-11-15" }, { now, held, offsetMinutes: 0 });
  expect(answer.missing).toEqual([
    { what: "heart_rate", reason: "unavailable" },
    expect.objectContaining({ what: "records", detail: expect.stringContaining("288 of heartrate") }),
  ]);
});

describe("a gap in the heart rate", () => {
  const gapsOf = async (held: Parameters<typeof ask>[2]["held"], input: object) =>
    (await ask(intradayTool, input, { now, held, offsetMinutes: 0 })).answer.missing;

  it("at the end of a past day is not_worn, because the ring has synced since", async () => {
    const held = {
      daily_activity: [activityOn("2026-11-15"), ...newest],
      heartrate: heartRate("2026-11-15T00:00:00Z", "2026-11-15T18:00:00Z"),
    };
    expect(await gapsOf(held, { start_date: "2026-11-15" })).toEqual([
      { what: "heart_rate 17:55-00:00", reason: "not_worn" },
    ]);
  });

  it("that extends into the newest day is not_synced", async () => {
    const held = {
      daily_activity: [activityOn("2026-11-18"), activityOn("2026-11-19")],
      heartrate: heartRate("2026-11-19T00:00:00Z", "2026-11-19T18:00:00Z"),
    };
    expect(await gapsOf(held, { start_date: "2026-11-19" })).toEqual([
      { what: "heart_rate 17:55-00:00", reason: "not_synced" },
    ]);
  });

  it("of days long ago is never not_synced", async () => {
    const held = { daily_activity: [], heartrate: heartRate("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z") };
    expect(await gapsOf(held, { start_date: "2026-10-01", end_date: "2026-10-05" })).toEqual([
      { what: "heart_rate", days: "2026-10-02..2026-10-05", reason: "not_worn" },
    ]);
  });
});

describe("partly measured days of a long range", () => {
  const partsOf = async (heartrate: object[], activity: string[], input: object) => {
    const held = { daily_activity: activity.map((day) => activityOn(day)), heartrate };
    const { answer } = await ask(intradayTool, input, { now, held, offsetMinutes: 0 });
    return answer.missing;
  };

  it("are named with the length of their gaps and with the reason that an answer about one day gives", async () => {
    const readings = [
      ...heartRate("2026-11-15T00:00:00Z", "2026-11-16T00:00:00Z"),
      ...heartRate("2026-11-16T12:52:00Z", "2026-11-17T20:00:00Z"),
      ...heartRate("2026-11-18T00:00:00Z", "2026-11-19T06:00:00Z"),
    ];
    const range = { start_date: "2026-11-15", end_date: "2026-11-19" };
    expect(await partsOf(readings, ["2026-11-18", "2026-11-19"], range)).toEqual([
      {
        ...{ what: "heart_rate in part", days: "2026-11-16..2026-11-17", reason: "not_worn" },
        detail: "in gaps of more than 30 min: Mon 16 Nov 12 h 52 min, Tue 17 Nov 4 h 3 min",
      },
      {
        ...{ what: "heart_rate in part", days: "2026-11-19", reason: "not_synced" },
        detail: expect.stringMatching(/^in gaps of more than 30 min: Thu 19 Nov \d+ h \d+ min$/),
      },
    ]);
  });

  it("are named up to ten, those with the longest time, and the others are counted in few bytes", async () => {
    const first = "2026-10-17" as IsoDay; // a label, written as one
    const month = Array.from({ length: 30 }, (_, index) => addDays(first, index));
    const until = (index: number) => String(8 + (index % 15)).padStart(2, "0");
    const readings = month.flatMap((day, index) => heartRate(`${day}T00:00:00Z`, `${day}T${until(index)}:00:00Z`));
    const range = { start_date: "2026-10-17", end_date: "2026-11-15" };
    const missing = await partsOf(readings, ["2026-11-18", "2026-11-19"], range);
    expect(missing).toMatchObject([{ what: "heart_rate in part", days: "2026-10-17..2026-11-15", reason: "not_worn" }]);
    const detail = z.object({ detail: z.string() }).parse(missing[0]).detail;
    expect(detail.match(/\d+ h \d+ min/g)).toHaveLength(11);
    expect(detail).toMatch(
      /^in gaps of more than 30 min: Sat 17 Oct 16 h 5 min, .*; 131 h 40 min in all on 20 other days$/,
    );
    expect(JSON.stringify(missing).length).toBeLessThan(600);
  });
});

describe("a ring that measures heart rate only during sleep", () => {
  const asleep = (day: string) =>
    heartRate(`${day}T00:10:00Z`, `${day}T07:00:00Z`).map((row) => ({ ...row, source: "sleep" }));
  const days = ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14"];
  const daytime = { what: "heart_rate outside sleep", reason: "not_supported" };
  const gapsOf = async (hardware_type: string, input: object) => {
    const held = {
      ring_configuration: [{ id: "ring", hardware_type }],
      daily_activity: [...days.map((day) => activityOn(day)), ...newest],
      heartrate: days.filter((day) => day !== "2026-11-12").flatMap(asleep),
    };
    return (await ask(intradayTool, input, { now, held, offsetMinutes: 0 })).answer.missing;
  };

  it("is reported as such for a day, which would be not_worn with a newer ring", async () => {
    expect(await gapsOf("gen2", { start_date: "2026-11-14" })).toEqual([daytime]);
    expect((await gapsOf("gen3", { start_date: "2026-11-14" })).map(({ reason }) => reason)).toEqual(["not_worn"]);
  });

  it("still reports a night without the ring", async () => {
    const week = { start_date: "2026-11-10", end_date: "2026-11-14" };
    const off = { what: "heart_rate", days: "2026-11-12", reason: "not_worn" };
    expect(await gapsOf("gen2", week)).toEqual([daytime, off]);
    const daytimes = { what: "heart_rate in part", days: "2026-11-10..2026-11-11, 2026-11-13..2026-11-14" };
    expect(await gapsOf("gen3", week)).toEqual([off, expect.objectContaining({ ...daytimes, reason: "not_worn" })]);
  });
});

it("notes a possible misreading for a day far above all others, and keeps its values", async () => {
  const rows = heartRate("2026-11-15T00:00:00Z", "2026-11-19T00:00:00Z");
  const odd = rows.map((row) => (row.timestamp === "2026-11-17T12:00:00.000Z" ? { ...row, bpm: 217 } : row));
  const question = { start_date: "2026-11-15", end_date: "2026-11-18" };
  const notesOf = async (heartrate: typeof rows) => {
    const { answer } = await ask(intradayTool, question, { now, held: { heartrate }, offsetMinutes: 0 });
    return { notes: answer.notes, summary: answer.summary };
  };
  const told = await notesOf(odd);
  expect(told.notes).toContain(
    "217 bpm on Tue 17 Nov 2026 is far above every other day: a ring that slips can misread.",
  );
  expect(told.summary).toContain("lowest 60 bpm at 00:00 on Sun 15 Nov 2026 (awake)");
  expect(told.summary).toContain(
    "highest 217 bpm at 12:00 on Tue 17 Nov 2026 (awake), which stands alone (else 60 bpm",
  );
  expect(JSON.stringify((await notesOf(rows)).notes)).not.toContain("misread");
});

describe("an absent or unknown ring", () => {
  const lateDaysFail = (query: URLSearchParams) =>
    (query.get("start_datetime") ?? "") > "2026-11-13"
      ? new Response(null, { status: 500 })
      : Response.json({ data: [], next_token: null });
  const week = { start_date: "2026-11-10", end_date: "2026-11-18" };

  it.each<[string, readonly object[] | (() => Response), object]>([
    ["there is no ring", [], { reason: "no_ring" }],
    ["Oura does not say whether there is a ring", () => new Response(null, { status: 500 }), { reason: "unavailable" }],
  ])("is not reported as not_synced if a part could not be read and %s", async (_name, ring_configuration, said) => {
    const held = { heartrate: lateDaysFail, ring_configuration };
    const { answer } = await ask(intradayTool, week, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "heart_rate", ...said }));
    expect(answer.missing.map(({ reason }) => reason)).not.toContain("not_synced");
  });
});

describe("a month with more readings than one call may read", () => {
  /** Endless pages in the parts that begin on 8 November or later, like days with many workouts. */
  const held = {
    daily_activity: newest,
    heartrate: (query: URLSearchParams) => {
      const from = query.get("start_datetime") ?? "";
      const isHeavy = from >= "2026-11-08";
      const page = Number(query.get("next_token") ?? 0);
      const at = new Date(Date.parse(from) + page * 1_800_000).toISOString();
      return Response.json({
        data: [{ timestamp: at, bpm: 60, source: "workout" }],
        next_token: isHeavy ? `${page + 1}` : null,
      });
    },
  };
  const month = { start_date: "2026-10-20", end_date: "2026-11-15" };

  it("is answered partially, with the unread days and the reason", async () => {
    const { answer } = await ask(intradayTool, month, { now, held, offsetMinutes: 0 });
    const unread = answer.missing.find(({ reason }) => reason === "unavailable");
    expect(unread).toMatchObject({
      what: "heart_rate",
      days: "2026-11-11..2026-11-15",
      detail: expect.stringContaining("more data from Ōura than one answer may read"),
    });
    expect(answer.summary).toContain("11–15 Nov 2026 could not be read");
    const { rows } = answer.by_day as { rows: unknown[][] };
    expect(rows.at(-1)).toEqual(["2026-11-15", null, null, null, null, null, null, 0]);
  });

  it("fails if none of it could be read", async () => {
    const failing = { ...held, heartrate: () => new Response(null, { status: 503 }) };
    const failure = await failureOf(ask(intradayTool, month, { now, held: failing, offsetMinutes: 0 }));
    expect(failure).toEqual({ kind: "oura_unavailable", status: 503 });
  });
});

it("refuses hours in the future, and reports the current time", async () => {
  const question = { start_date: "today", start_time: "22:00" };
  for (const metric of ["heart_rate", "steps"]) {
    const call = ask(
      intradayTool,
      { ...question, metric },
      { now, held: { daily_activity: newest }, offsetMinutes: 0 },
    );
    expect(await failureOf(call)).toEqual({
      kind: "bad_input",
      problems: ["start_time: 22:00 is still to come; it is 15:00 there now."],
    });
  }
});

describe("steps within two days", () => {
  const met = { interval: 60, items: Array.from({ length: 1440 }, () => 3) };

  it("list a day without a document with its reason, and no day outside the range", async () => {
    const held = {
      daily_activity: [
        activityOn("2026-11-11", "+00:00", { steps: null }),
        activityOn("2026-11-12", "+00:00", { met }),
        ...newest,
      ],
    };
    const question = { metric: "steps", start_date: "2026-11-12", end_date: "2026-11-13" };
    const { answer } = await ask(intradayTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toEqual([{ what: "steps", days: "2026-11-13", reason: "not_worn" }]);
    const night = { ...question, end_date: "2026-11-12", start_time: "02:00", end_time: "12:00" };
    expect((await ask(intradayTool, night, { now, held, offsetMinutes: 0 })).answer.missing).toEqual([]);
  });

  it("after the newest record are not_synced", async () => {
    const held = { daily_activity: [activityOn("2026-11-17", "+00:00", { met })] };
    const question = { metric: "steps", start_date: "2026-11-18", end_date: "2026-11-19" };
    const { answer } = await ask(intradayTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toEqual([{ what: "steps", days: "2026-11-18..2026-11-19", reason: "not_synced" }]);
  });
});

describe("how long the wearer had been up at a moment", () => {
  const nap = {
    type: "late_nap",
    bedtime_start: "2026-11-18T14:10:00+00:00",
    bedtime_end: "2026-11-18T14:35:00+00:00",
  };
  const held = {
    daily_activity: [activityOn("2026-11-17"), activityOn("2026-11-18"), ...newest],
    heartrate: heartRate("2026-11-16T00:00:00Z", "2026-11-19T23:00:00Z"),
    sleep: [nightTo("2026-11-18"), nightTo("2026-11-18", nap), nightTo("2026-11-19")],
  };
  const at = async (start_date: string, clock: string, more: object = {}) => {
    const question = { start_date, at: clock };
    return (await ask(intradayTool, question, { now, held: { ...held, ...more }, offsetMinutes: 0 })).answer;
  };

  it("counts from the end of the night, and names a nap since", async () => {
    const answer = await at("2026-11-18", "18:45");
    expect(answer.moment).toMatchObject({ state: "up", since: "2026-11-18T07:00+00:00", hours_awake: 11.8 });
    expect(answer.summary).toContain("Up for 11 h 45 min then");
    expect(answer.summary).toContain("with a nap at 14:10-14:35");
    expect((await at("2026-11-18", "14:20")).summary).toContain("(nap 14:10-14:35)");
  });

  it("reaches past midnight only where the night after is recorded", async () => {
    expect((await at("2026-11-19", "00:05")).moment).toMatchObject({ hours_awake: 17.1 });
    const answer = await at("2026-11-20", "00:05");
    expect(answer.moment).toMatchObject({ hours_awake: null });
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "hours awake", reason: "not_synced" }));
  });

  it("is not said without a record of the night, with the reason", async () => {
    const answer = await at("2026-11-17", "12:00");
    expect(answer.summary).toContain("How long awake cannot be said: no night to Tue 17 Nov 2026 is recorded.");
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "hours awake", reason: "not_worn" }));
    const unread = await at("2026-11-18", "12:00", { sleep: () => new Response(null, { status: 503 }) });
    expect(unread.missing).toContainEqual(expect.objectContaining({ what: "hours awake", reason: "unavailable" }));
  });

  it("has one reason where there is no ring", async () => {
    const { answer } = await ask(intradayTool, { start_date: "2026-11-17", at: "12:00" }, { now, held: {} });
    expect(answer.missing.filter(({ what }) => what === "hours awake")).toEqual([
      expect.objectContaining({ reason: "no_ring" }),
    ]);
  });

  it("is said though the heart rate of that time is missing", async () => {
    const answer = await at("2026-11-18", "12:00", {
      heartrate: heartRate("2026-11-18T00:00:00Z", "2026-11-18T11:00:00Z"),
    });
    expect(answer.summary).toMatch(
      /no heart rate within 10 minutes; the nearest is 60 bpm at 10:55 on Wed 18 Nov 2026\. Up/,
    );
    expect(answer.missing).toEqual([{ what: "heart_rate at 12:00", reason: "not_worn" }]);
  });
});

describe("time in heart-rate zones of a workout", () => {
  const held = {
    daily_activity: [activityOn("2026-11-18"), ...newest],
    heartrate: heartRate("2026-11-18T00:00:00Z", "2026-11-19T00:00:00Z").map((row) => ({
      ...row,
      bpm: row.timestamp >= "2026-11-18T17:00" && row.timestamp < "2026-11-18T18:00" ? 150 : 60,
    })),
    workout: [
      {
        day: "2026-11-18",
        activity: "running",
        start_datetime: "2026-11-18T17:00:00+00:00",
        end_datetime: "2026-11-18T18:00:00+00:00",
      },
    ],
    personal_info: () => Response.json({ id: "person", age: 40 }),
  };
  const asking = (input: object, refused: ["personal"] | [] = [], more: object = {}) =>
    ask(
      intradayTool,
      { start_date: "2026-11-18", ...input },
      { now, held: { ...held, ...more }, offsetMinutes: 0, refused },
    );

  it("rests on the age of the profile where no maximum is stated, and says so", async () => {
    const { answer: whole } = await asking({});
    expect(whole.summary).not.toContain("Time in zones");
    expect(whole.zones).toMatchObject({ rows: [expect.arrayContaining(["running"])] });
    const { answer } = await asking({ start_time: "16:00", end_time: "19:00" });
    expect(answer.summary).toContain("Time in zones: running 17:00-18:00: zone 4 1 h 0 min.");
    expect(JSON.stringify(answer.notes)).toContain("of a maximum of 180 (208 − 0.7 × age 40,");
  });

  it("rests on a stated maximum, without reading the profile", async () => {
    const { answer, requests } = await asking({ max_bpm: 160 });
    expect(answer.summary).toContain("zone 5 1 h 0 min");
    expect(requests.map(({ route }) => route)).not.toContain("personal_info");
  });

  it("is not said without a maximum, and the note says what it takes", async () => {
    const noAge = { personal_info: () => Response.json({ id: "person", age: null }) };
    for (const { answer } of [await asking({}, ["personal"]), await asking({}, [], noAge)]) {
      expect(answer.zones).toBeUndefined();
      expect(JSON.stringify(answer.notes)).toContain("needs max_bpm, or an age in Personal Info");
    }
  });

  it("is named as missing where the profile cannot be read", async () => {
    const { answer } = await asking({}, [], { personal_info: () => new Response(null, { status: 503 }) });
    expect(answer.zones).toBeUndefined();
    expect(answer.missing).toContainEqual(
      expect.objectContaining({
        what: "the profile, whose age gives the maximum heart rate",
        reason: "unavailable",
        detail: expect.stringContaining("time in zones is not said"),
      }),
    );
  });

  it("is not said of a workout without a heart rate", async () => {
    const { answer, requests } = await asking({}, [], {
      heartrate: heartRate("2026-11-18T00:00:00Z", "2026-11-18T12:00:00Z"),
    });
    expect(answer.zones).toBeUndefined();
    expect(requests.map(({ route }) => route)).not.toContain("personal_info");
    expect(JSON.stringify((await asking({ max_bpm: 180 }, [], { workout: [] })).answer.notes)).toContain("No workout");
  });
});
