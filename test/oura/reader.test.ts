import { describe, expect, it } from "vitest";
import { type IsoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { AppError } from "../../src/errors.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";
import { createGate } from "../../src/oura/gate.ts";
import { createOuraReader } from "../../src/oura/reader.ts";

const range = { start: day("2026-11-18"), end: day("2026-11-20") };
const start = Date.parse("2026-11-20T00:00:00Z");

function day(text: string): IsoDay {
  const parsed = parseIsoDay(text);
  if (parsed === null) throw new Error(`${text} is no day`);
  return parsed;
}

/** A reader on a fake network, and a second reader with the same cache, as for the next call. */
function reading(answer: (query: URLSearchParams) => object) {
  const cache = createAnswerCache(() => 0, 60_000);
  let requests = 0;
  const transport = {
    fetch: async (address: RequestInfo | URL) => {
      requests += 1;
      return Response.json(answer(new URL(String(address)).searchParams));
    },
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    tokens: { current: async () => "token", replace: async () => "token" },
    apiUrl: "https://oura.test",
  };
  const open = () =>
    createOuraReader(
      transport,
      cache,
      createCallBudget(() => 0),
    );
  return { open, count: () => requests };
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no failure",
    (error: unknown) => (error instanceof AppError ? error.failure.kind : String(error)),
  );
}

describe("records that cannot be read", () => {
  const score = (on: string, value: unknown) => ({ day: on, score: value });
  const data = [
    score("2026-11-18", 80),
    score("2026-11-19", "81"),
    { score: 82 },
    "nonsense",
    score("2026-11-20", null),
  ];

  it("are counted and do not affect the others, also with a cached answer", async () => {
    const { open, count } = reading(() => ({ data }));
    for (const reader of [open(), open()]) {
      expect(await reader.readDays("daily_sleep", range)).toEqual([
        { day: "2026-11-18", score: 80 },
        { day: "2026-11-19", score: null },
        { day: "2026-11-20", score: null },
      ]);
      expect([...reader.oddRecords()]).toEqual([["daily_sleep", 3]]);
    }
    expect(count()).toBe(1);
  });

  it("make the read fail if there are no others", async () => {
    const { open } = reading(() => ({ data: [{ score: 82 }, null] }));
    expect(await kindOf(open().readDays("daily_sleep", range))).toBe("oura_malformed");
  });
});

it("ignores records outside the requested range, as from a ring whose clock was ahead", async () => {
  const { open } = reading(() => ({ data: [{ day: "2016-11-19" }, { day: "2026-11-19" }, { day: "2039-11-19" }] }));
  expect((await open().readDays("daily_sleep", range)).map((document) => document.day)).toEqual(["2026-11-19"]);
  const beats = ["2016-11-20T10:00:00Z", "2026-11-20T10:00:00Z", "2039-11-20T10:00:00Z"];
  const heart = reading(() => ({ data: beats.map((timestamp) => ({ timestamp, bpm: 60, source: "awake" })) }));
  const { rows } = await heart.open().readHeartRate(start, start + 86_400_000);
  expect(rows.map(({ at }) => at)).toEqual([Date.parse("2026-11-20T10:00:00Z")]);
});

it("reports the unread part of a range, also if the last row read is dated years ahead", async () => {
  const beats = ["2026-11-20T01:00:00Z", "2026-11-20T02:00:00Z", "2039-11-20T10:00:00Z"];
  const page = { data: beats.map((timestamp) => ({ timestamp, bpm: 60, source: "awake" })), next_token: "again" };
  const { open } = reading(() => page);
  const { rows, unread } = await open().readHeartRate(start, start + 6 * 86_400_000);
  expect(rows.map(({ at }) => at)).toEqual(beats.slice(0, 2).map((beat) => Date.parse(beat)));
  expect(unread[0]).toEqual({
    start: Date.parse("2026-11-20T02:00:00Z") + 1,
    end: start + 36 * 3_600_000,
    failure: { kind: "oura_malformed" },
  });
});

describe("pages without an end", () => {
  it.each<[string, () => string, string]>([
    ["the same token again", () => "again", "oura_malformed"],
    ["always a new token", () => crypto.randomUUID(), "oura_malformed"],
  ])("%s", async (_name, token, kind) => {
    const { open, count } = reading(() => ({ data: [{ day: "2026-11-19" }], next_token: token() }));
    expect(await kindOf(open().readDays("daily_sleep", range))).toBe(kind);
    expect(count()).toBeLessThanOrEqual(50);
  });
});

it("reads a hundred thousand rows of one answer", async () => {
  const data = Array.from({ length: 100_000 }, () => ({ timestamp: "2016-11-20T10:00:00Z", bpm: 60, source: "rest" }));
  const { open } = reading(() => ({ data }));
  expect((await open().readHeartRate(start, start + 86_400_000)).rows).toEqual([]);
});

describe("the days and times that are requested", () => {
  it("begin two days before and end two days after those of the question", async () => {
    const asked: string[] = [];
    const { open } = reading((query) => {
      asked.push(`${query.get("start_date")} ${query.get("end_date")}`);
      return { data: [] };
    });
    await open().readDays("daily_sleep", range);
    expect(asked).toEqual(["2026-11-16 2026-11-22"]);
  });

  it.each([
    [24, 1, 24],
    [36, 1, 36],
    [72, 2, 36],
    [9 * 24, 6, 36],
    [30 * 24, 6, 120],
    [60 * 24, 12, 120],
  ])("of %i hours of heart rate are %i parts of up to %i hours", async (hours, count, longest) => {
    const lengths: number[] = [];
    const { open } = reading((query) => {
      const [from, to] = ["start_datetime", "end_datetime"].map((name) => Date.parse(query.get(name) ?? ""));
      lengths.push(((to ?? 0) - (from ?? 0)) / 3_600_000);
      return { data: [] };
    });
    await open().readHeartRate(start - hours * 3_600_000, start);
    expect([lengths.length, Math.max(...lengths), lengths.reduce((sum, one) => sum + one, 0)]).toEqual([
      count,
      longest,
      hours,
    ]);
  });
});
