import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { type DayNumber, isoDay, MINUTE } from "../../sandbox/people/calendar.ts";
import { createLives, type Life } from "../../sandbox/people/life.ts";
import { dayPlan } from "../../sandbox/people/restless/day-plan.ts";
import { type LivedSleep, livedDay } from "../../sandbox/people/restless/lived-day.ts";
import { restModeOn } from "../../sandbox/people/restless/rest-modes.ts";
import { type Assistant, createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import type { ToolName } from "../../src/tools/index.ts";
import { sayDays } from "../../src/words/present.ts";

/**
 * Answers about the restless person, against what happened to them. What happened is known by stages of 30 seconds and
 * by minutes without the ring, whatever documents the simulated ring and Oura make of it.
 */

/** Windows of at most 92 days that end yesterday: over 400 days, or a sample of them. */
const WINDOWS: readonly (readonly [firstAgo: number, lastAgo: number])[] = inject("long")
  ? [0, 1, 2, 3, 4].map((i) => [92 * (i + 1), 92 * i + 1] as const)
  : [
      [45, 1],
      [300, 270],
    ];

/** Whether a sentence names a day, alone or inside a range of up to ten days. */
function names(sentence: string, day: DayNumber): boolean {
  const near = Array.from({ length: 10 }, (_, index) => index);
  const runs = near.flatMap((before) => near.map((after) => `${isoDay(day - before)}..${isoDay(day + after)}`));
  return runs.some((run) => new RegExp(`(on |, )${sayDays(run).slice(0, -5)}(,| \\d{4})`).test(sentence));
}

const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });
type Cells = Record<string, z.output<typeof cell>>;
const missing = z.array(
  z.object({ what: z.string(), days: z.string().optional(), reason: z.string(), detail: z.string().optional() }),
);
const answers = z.looseObject({ summary: z.string(), missing, notes: z.array(z.string()).default([]) });

const people = createSyntheticPeople();

describe.each(["restless", "restless_east"])("what %s lived", (id) => {
  let life: Life;
  let assistant: Assistant;
  beforeAll(async () => {
    const found = createLives(1, now).get(id);
    if (!found) throw new Error("there is no such person");
    life = found;
    assistant = await createAssistant(people, id);
  });

  async function ask(tool: ToolName, input: Record<string, unknown>) {
    return answers.parse(await assistant.call(tool, input));
  }
  function daysOf([firstAgo, lastAgo]: readonly [number, number]): DayNumber[] {
    return Array.from({ length: firstAgo - lastAgo + 1 }, (_, i) => life.timeline.anchorDay - firstAgo + i);
  }
  function rangeOf(days: readonly DayNumber[]) {
    return { start_date: isoDay(days[0] ?? 0), end_date: isoDay(days.at(-1) ?? 0) };
  }
  function clock(instant: number): string {
    return life.calendar.stamp(life.person.zone, instant).slice(11, 16);
  }
  /** A sleep in the columns of a sleep session. */
  function told(day: DayNumber, kind: string, sleep: LivedSleep) {
    return {
      day: isoDay(day),
      kind,
      start: clock(sleep.start),
      end: clock(sleep.end),
      asleep_min: inMinutes(sleep.asleep),
      deep_min: inMinutes(sleep.deep),
      rem_min: inMinutes(sleep.rem),
      light_min: inMinutes(sleep.light),
    };
  }

  it.each(WINDOWS)("is in the daily summary: night, steps and wear, from %i to %i days ago", async (...window) => {
    const days = daysOf(window);
    const answer = await ask("oura_get_daily_summary", { ...rangeOf(days), sections: ["sleep", "activity"] });
    const rows = new Map(readRows(answer).map((row) => [row.day, row]));
    for (const day of days) {
      const { night, offFinger, steps } = livedDay(life, day);
      const row = rows.get(isoDay(day));
      expect({
        day: isoDay(day),
        ...pick(row, ["total_sleep_min", "deep_min", "rem_min", "light_min", "steps"]),
      }).toEqual({
        day: isoDay(day),
        total_sleep_min: night && inMinutes(night.asleep),
        deep_min: night && inMinutes(night.deep),
        rem_min: night && inMinutes(night.rem),
        light_min: night && inMinutes(night.light),
        steps: isWorn(offFinger) ? sumOf(steps.map((part) => part.steps)) : null,
      });
      for (const column of ["activity_score", "active_kcal", "total_kcal", "low_activity_min"])
        if (!isWorn(offFinger))
          expect([column, isoDay(day), row?.[column] ?? null]).toEqual([column, isoDay(day), null]);
    }
    const off = days.filter((day) => !isWorn(livedDay(life, day).offFinger)).map(isoDay);
    expect(off.filter((day) => !isMissing(answer, "steps", "activity", day, "not_worn"))).toEqual([]);
    const partly = days.filter((day) => isPartlyWorn(livedDay(life, day).offFinger));
    for (const day of partly.slice(-3)) {
      const worn = 24 - livedDay(life, day).offFinger / 3_600;
      const note = answer.notes.find((text) => text.startsWith("Worn ")) ?? "";
      const said = note.split(";").find((part) => names(part, day));
      const hours = Number(/(\d+) of 24 hours/.exec(said ?? "")?.[1]);
      expect([isoDay(day), said, Math.abs(hours - worn) <= 0.5]).toEqual([isoDay(day), said, true]);
    }
  });

  it.each(WINDOWS)(
    "is in the sleep sessions: every sleep from its first start to its last end, from %i to %i days ago",
    async (...window) => {
      const days = daysOf(window);
      const answer = await ask("oura_get_sleep_sessions", rangeOf(days));
      const columns = ["day", "kind", "start", "end", "asleep_min", "deep_min", "rem_min", "light_min"];
      // A short sleep that Oura does not score has another name in these rows; it is a nap here.
      const rows = readRows(answer).map((row) => ({
        ...pick(row, columns),
        kind: row.kind === "short_sleep" ? "nap" : row.kind,
      }));
      const lived = days.flatMap((day) => {
        const { night, secondSleep, naps } = livedDay(life, day);
        return [
          ...(night ? [told(day, "night", night)] : []),
          ...(secondSleep ? [told(day, "second_sleep", secondSleep)] : []),
          ...naps.map((nap) => told(day, "nap", nap)),
        ];
      });
      expect(rows.toSorted(byText)).toEqual(lived.toSorted(byText));
      const withNaps = z
        .array(z.object({ day: z.string(), total_sleep_with_naps_min: z.number() }))
        .parse(answer.days_with_naps ?? []);
      for (const { day, total_sleep_with_naps_min } of withNaps) {
        const { night, secondSleep, naps } = livedDay(life, days.find((one) => isoDay(one) === day) ?? 0);
        const asleep = [night, secondSleep, ...naps].map((sleep) => sleep?.asleep ?? 0);
        expect([day, Math.abs(total_sleep_with_naps_min - sumOf(asleep) / 60) <= 1]).toEqual([day, true]);
      }
    },
  );

  it.each(WINDOWS)("is in the means of trends, from %i to %i days ago", async (firstAgo, lastAgo) => {
    const days = daysOf([firstAgo, lastAgo]);
    const metrics = ["total_sleep", "deep_sleep", "rem_sleep", "steps"];
    const answer = await ask("oura_get_trends", {
      metrics,
      window_days: Math.min(days.length, 90),
      end_date: rangeOf(days).end_date,
    });
    expectMeans(readRows(answer), days.slice(-90), "mean", "n");
  });

  it.each(WINDOWS)("is in the comparison of periods, from %i to %i days ago", async (firstAgo, lastAgo) => {
    const days = daysOf([firstAgo, lastAgo]);
    const metrics = ["total_sleep", "deep_sleep", "rem_sleep", "steps"];
    const answer = await ask("oura_compare_periods", {
      metrics,
      last_days: days.length,
      end_date: rangeOf(days).end_date,
    });
    // Of these metrics comparisons even out the weekdays, which moves a mean a little.
    expectMeans(readRows(answer), days, "mean", "n", weekdayAdjusted);
    const before = daysOf([firstAgo + days.length, firstAgo + 1]);
    expectMeans(readRows(answer), before, "mean_compared", "n_compared", weekdayAdjusted);
  });

  it.each(WINDOWS)("is in every unusual day, from %i to %i days ago", async (...window) => {
    const days = daysOf(window);
    const answer = await ask("oura_detect_anomalies", {
      ...rangeOf(days),
      metrics: ["total_sleep", "steps"],
      sensitivity: "high",
    });
    const unusual = z
      .array(z.object({ metric: z.string(), from: z.string(), to: z.string(), text: z.string() }))
      .parse(answer.unusual);
    expect(unusual.length).toBeGreaterThan(0);
    for (const { metric, from, to, text } of unusual) {
      const of = days.filter((day) => isoDay(day) >= from && isoDay(day) <= to).map((day) => livedDay(life, day));
      const figures = of.map(({ night, steps }) =>
        metric === "steps"
          ? `${sumOf(steps.map((part) => part.steps)).toLocaleString("en")} steps`
          : sayMinutes(night?.asleep ?? 0),
      );
      expect(
        figures.some((figure) => text.includes(figure)),
        `${text} ${figures}`,
      ).toBe(true);
    }
  });

  it("is in the number of nights that influences compare, without those in rest mode", async () => {
    const days = daysOf([150, 1]);
    const answer = await ask("oura_find_influences", { ...rangeOf(days), outcomes: ["total_sleep"] });
    const isLeftOut = (day: DayNumber): boolean => restModeOn(life, day) !== null || restModeOn(life, day - 1) !== null;
    const nights = days.filter((day) => livedDay(life, day).night !== null);
    const kept = nights.filter((day) => !isLeftOut(day)).length;
    const counts = readRows(answer).map(({ n_with, n_without }) => Number(n_with) + Number(n_without));
    expect(counts.length).toBeGreaterThan(0);
    for (const count of counts) expect(count).toBeLessThanOrEqual(nights.length);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(kept - 2);
  });

  it.each(WINDOWS)("is in the steps within the day, from %i to %i days ago", async (...window) => {
    const all = daysOf(window);
    const days = inject("long") ? all : all.filter((_day, index) => index % 6 === 0);
    for (const day of days) {
      const { offFinger, steps } = livedDay(life, day);
      const answer = await ask("oura_get_intraday", { metric: "steps", start_date: isoDay(day) });
      const counted = z.object({ series: table.optional() }).parse(answer).series?.rows ?? [];
      const total = sumOf(counted.map(([, value]) => Number(value ?? 0)));
      if (isWorn(offFinger))
        expect([isoDay(day), total]).toEqual([isoDay(day), sumOf(steps.map((part) => part.steps))]);
      else expect([isoDay(day), counted.filter(([, value]) => Number(value ?? 0) > 0)]).toEqual([isoDay(day), []]);
    }
  });

  it("is what influences stay within: none states a night that is longer or shorter than all that were lived", async () => {
    const days = daysOf([180, 1]);
    const answer = await ask("oura_find_influences", { ...rangeOf(days), outcomes: ["total_sleep", "sleep_score"] });
    const hours = days.flatMap((day) => livedDay(life, day).night?.asleep ?? []).map((seconds) => seconds / 3_600);
    const bounds: Record<string, [number, number]> = {
      total_sleep: [Math.min(...hours), Math.max(...hours)],
      sleep_score: [1, 100],
    };
    const rows = readRows(answer);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const [low = Number.NaN, high = Number.NaN] = bounds[String(row.outcome)] ?? [];
      for (const mean of [row.mean_with, row.mean_without])
        expect([row.factor, Number(mean) >= low && Number(mean) <= high, mean]).toEqual([row.factor, true, mean]);
    }
    // Night shifts are the latest bedtimes, so nothing tells the two apart.
    expect(answer.missing.filter(({ what }) => /^own tag \d/.test(what)).length).toBeGreaterThan(0);
  });

  it("is in the ring of the nights, where Oura names it; else no ring is called the newer one", async () => {
    const { summary } = await ask("oura_get_device", {});
    expect(summary).toMatch(
      life.person.lastRingDaysAgo === null
        ? /^Two rings are listed, and nothing tells which is newer: /
        : /^Ōura Ring 5, size 8, deep rose, .*last worn in the night to .*1 other ring is/,
    );
  });

  it("has no steps in a swim or a ride", async () => {
    const days = daysOf([inject("long") ? 400 : 60, 1]).filter((day) => isWorn(livedDay(life, day).offFinger));
    const still = days.flatMap((day) =>
      dayPlan(life, day)
        .workouts.filter(({ stepsPerMinute }) => stepsPerMinute === 0)
        .map(({ from, to }) => ({ day, from: Math.ceil(from / 5) * 5, to: Math.floor(to / 5) * 5 })),
    );
    expect(still.length).toBeGreaterThan(10);
    for (const { day, from, to } of still) {
      const time = (minutes: number) => clock(life.calendar.instantAt(life.person.zone, day, minutes));
      const within = { start_date: isoDay(day), start_time: time(from), end_time: time(to), resolution_minutes: 5 };
      const answer = await ask("oura_get_intraday", { metric: "steps", ...within });
      const rows = z.object({ series: table }).parse(answer).series.rows;
      expect([isoDay(day), rows.map(([, steps]) => steps)]).toEqual([isoDay(day), rows.map(() => 0)]);
      expect(rows.length).toBe((to - from) / 5);
    }
  });

  it.each(WINDOWS)(
    "is in the gaps of heart rate: none was measured without the ring, from %i to %i days ago",
    async (...window) => {
      const all = daysOf(window);
      const off = all.filter((day) => !isWorn(livedDay(life, day).offFinger) && livedDay(life, day).offFinger < 86_400);
      for (const day of inject("long") ? off : off.slice(-2)) {
        const answer = await ask("oura_get_intraday", { start_date: isoDay(day), resolution_minutes: 5 });
        const midnight = life.calendar.instantAt(life.person.zone, day, 0);
        const measured = z
          .object({ series: table })
          .parse(answer)
          .series.rows.filter(([, bpm]) => bpm !== null);
        expect(measured.length).toBeGreaterThan(0);
        for (const [time] of measured) {
          const [hour = 0, minute = 0] = String(time).split(":").map(Number);
          const at = midnight + (60 * hour + minute) * MINUTE;
          const off = livedDay(life, day).offTimes.find(([from, to]) => at >= from && at + 5 * MINUTE <= to);
          expect([isoDay(day), time, off]).toEqual([isoDay(day), time, undefined]);
        }
        expect(answer.missing.some(({ reason }) => reason === "not_worn")).toBe(true);
      }
    },
  );

  it.each(WINDOWS)(
    "is in the partly measured days of ten: each gap that the answer about one day has, from %i to %i days ago",
    async (firstAgo) => {
      const days = daysOf([firstAgo, firstAgo - 9]);
      const answer = await ask("oura_get_intraday", rangeOf(days));
      const { rows } = z.object({ by_day: table }).parse(answer).by_day;
      const partly = days.filter((_day, index) => Number(rows[index]?.at(-1)) > 0);
      expect(partly.length).toBeGreaterThan(4);
      for (const day of partly) {
        const told = minutesIn(answer.missing, day);
        expect([isoDay(day), told >= longestOff(day)]).toEqual([isoDay(day), true]);
        const { missing } = await ask("oura_get_intraday", { start_date: isoDay(day) });
        const gaps = missing.flatMap(({ what, reason }) => {
          const [, from = "", to = ""] = /^heart_rate (\d\d:\d\d)-(\d\d:\d\d)$/.exec(what) ?? [];
          return from === "" ? [] : [{ reason, minutes: (1440 + minuteOf(to) - minuteOf(from)) % 1440 }];
        });
        expect(gaps.every(({ reason }) => reason === "not_worn")).toBe(true);
        if (missing.some(({ what }) => what.includes("shorter"))) continue; // the length of these gaps is not said
        const sum = sumOf(gaps.map(({ minutes }) => minutes));
        expect([isoDay(day), Math.abs(told - sum) <= gaps.length]).toEqual([isoDay(day), true]);
      }
    },
  );

  /** The minutes of a calendar day in the longest time without the ring, or 0 if it has at most 30. */
  function longestOff(day: DayNumber): number {
    const midnight = (of: DayNumber): number => life.calendar.instantAt(life.zoneOn(of), of, 0);
    const times = [day - 1, day, day + 1].flatMap((one) => livedDay(life, one).offTimes);
    const lengths = times.map(([from, to]) => Math.min(to, midnight(day + 1)) - Math.max(from, midnight(day)));
    const longest = Math.floor(Math.max(0, ...lengths) / MINUTE);
    return longest > 30 ? longest : 0;
  }

  it("is in the events: every workout with its own clock times", async () => {
    const days = daysOf([30, 1]);
    const answer = await ask("oura_get_events", { ...rangeOf(days), kinds: ["workout"] });
    const swims = days.flatMap((day) => livedDay(life, day).steps.filter(({ activity }) => activity === "swimming"));
    expect(readRows(answer).filter((row) => Object.values(row).includes("swimming")).length).toBe(swims.length);
  });

  const stillWindows = inject("long") ? WINDOWS : [[40, 1] as const];
  it.each(stillWindows)("has no steps within a swim or a ride, from %i to %i days ago", async (...window) => {
    const days = daysOf(window);
    const answer = await ask("oura_get_events", { ...rangeOf(days), kinds: ["workout"] });
    const still = readRows(answer).filter(({ what }) => what === "swimming" || what === "cycling");
    expect(still.length).toBeGreaterThan(3);
    for (const { start, minutes } of still) {
      const begin = Date.parse(`${String(start).slice(0, 16)}Z`); // the local clock, as if it were UTC
      const at = (clock: number) => new Date(clock).toISOString().slice(11, 16);
      const input = { start_date: String(start).slice(0, 10), start_time: at(begin), resolution_minutes: 5 };
      const within = { ...input, end_time: at(begin + Number(minutes) * MINUTE) };
      const { series } = z
        .object({ series: table.optional() })
        .parse(await ask("oura_get_intraday", { metric: "steps", ...within }));
      expect([start, series?.rows.filter(([, steps]) => Number(steps ?? 0) > 0) ?? []]).toEqual([start, []]);
    }
  });

  /** Means of trends and comparisons, within the decimals they are shown with. */
  function expectMeans(rows: readonly Cells[], days: readonly DayNumber[], mean: string, n: string, moved = 0): void {
    const lived = days.map((day) => livedDay(life, day));
    const nights = lived.map(({ night }) => night).filter((night) => night !== null);
    const walked = lived
      .filter(({ offFinger }) => isWorn(offFinger))
      .map(({ steps }) => sumOf(steps.map((part) => part.steps)));
    const expected: Record<string, { values: number[]; within: number }> = {
      total_sleep: { values: nights.map(({ asleep }) => asleep / 3_600), within: 0.06 },
      deep_sleep: { values: nights.map(({ deep }) => deep / 60), within: 0.6 },
      rem_sleep: { values: nights.map(({ rem }) => rem / 60), within: 0.6 },
      steps: { values: walked, within: 1 },
    };
    for (const [metric, { values, within }] of Object.entries(expected)) {
      const row = rows.find((one) => one.metric === metric);
      expect([metric, row?.[n]]).toEqual([metric, values.length]);
      expect([
        metric,
        Math.abs(Number(row?.[mean]) - sumOf(values) / values.length) <=
          within + (moved * sumOf(values)) / values.length,
        row?.[mean],
      ]).toEqual([metric, true, row?.[mean]]);
    }
  }
});

/** The minutes that the entries about partly measured days state for a day. */
function minutesIn(missing: z.output<typeof answers>["missing"], day: DayNumber): number {
  const name = sayDays(isoDay(day)).slice(0, -5);
  const found = missing
    .filter(({ what, reason }) => what === "heart_rate in part" && reason === "not_worn")
    .map(({ detail = "" }) => new RegExp(` ${name} (?:(\\d+) h )?(\\d+) min`).exec(detail));
  return sumOf(found.map((match) => 60 * Number(match?.[1] ?? 0) + Number(match?.[2] ?? 0)));
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return 60 * hours + minutes;
}

/** The share of a mean by which the weekday adjustment may move it. */
const weekdayAdjusted = 0.04;

function readRows(answer: Record<string, unknown>): Cells[] {
  const { columns, rows } = table.parse(answer);
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}

function pick(row: Cells | undefined, names: readonly string[]): Cells {
  return Object.fromEntries(names.map((name) => [name, row?.[name] ?? null]));
}

/** Oura's day counts with up to 12 hours without the ring. */
function isWorn(offFinger: number): boolean {
  return offFinger <= 12 * 3_600;
}

function isPartlyWorn(offFinger: number): boolean {
  return offFinger >= 4 * 3_600 && isWorn(offFinger);
}

function isMissing(
  answer: z.output<typeof answers>,
  column: string,
  section: string,
  day: string,
  reason: string,
): boolean {
  return answer.missing.some(
    (entry) =>
      entry.reason === reason &&
      entry.what.split(", ").some((what) => what === column || what === section) &&
      (entry.days ?? "").split(", ").some((span) => {
        const [first = "", last = first] = span.split("..");
        return day >= first && day <= last;
      }),
  );
}

function inMinutes(seconds: number): number {
  return Math.round(seconds / 60);
}

function sayMinutes(seconds: number): string {
  const minutes = inMinutes(seconds);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function byText(one: object, other: object): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
