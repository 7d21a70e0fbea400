import fc from "fast-check";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { createLives, type Life } from "../../sandbox/people/life.ts";
import { livedDay } from "../../sandbox/people/restless/lived-day.ts";
import { type Assistant, createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, type HeldDocument, now } from "../../scripts/evaluate-answers/synthetic-people.ts";

/**
 * Every figure of the statistics tool against a computation of its own: values from what the simulator holds or, of the
 * restless person, from what happened to them; groups, means and extremes from the calendar of `Date`.
 */

const people = createSyntheticPeople();
const day = 86_400_000;

/** A metric in this test: its unit, how it is shown, and its value in a held document. */
interface Checked {
  route: `daily_${"sleep" | "readiness" | "activity" | "stress" | "spo2" | "cardiovascular_age"}` | "sleep";
  kind: "number" | "clock";
  decimals: number;
  meanDecimals: number;
  addsUp: boolean;
  isDayMetric: boolean;
  read(document: HeldDocument): unknown;
}

function numberOf(
  route: Checked["route"],
  decimals: number,
  read: Checked["read"],
  more: Partial<Checked> = {},
): Checked {
  const isDayMetric = route === "daily_activity" || route === "daily_stress";
  return {
    ...{ route, kind: "number", decimals, meanDecimals: Math.max(1, decimals), addsUp: false, isDayMetric, read },
    ...more,
  };
}

function clockOf(field: "bedtime_start" | "bedtime_end"): Checked {
  const read = (document: HeldDocument) => minuteOf(String(document[field]));
  return { ...numberOf("sleep", 0, read), kind: "clock", meanDecimals: 0 };
}

/** The minute of the day in the timestamp's own offset. */
function minuteOf(stamp: string): number {
  return Number(stamp.slice(11, 13)) * 60 + Number(stamp.slice(14, 16));
}

const checked: Record<string, Checked> = {
  sleep_score: numberOf("daily_sleep", 0, ({ score }) => score),
  readiness_score: numberOf("daily_readiness", 0, ({ score }) => score),
  temperature_deviation: numberOf("daily_readiness", 2, ({ temperature_deviation }) => temperature_deviation),
  steps: numberOf("daily_activity", 0, ({ steps }) => steps, { addsUp: true, meanDecimals: 0 }),
  stress_high: numberOf("daily_stress", 0, ({ stress_high }) => divide(stress_high, 60), { addsUp: true }),
  spo2: numberOf("daily_spo2", 1, ({ spo2_percentage }) => averageOf(spo2_percentage)),
  resting_heart_rate: numberOf("sleep", 0, ({ lowest_heart_rate }) => lowest_heart_rate),
  hrv: numberOf("sleep", 0, ({ average_hrv }) => average_hrv),
  total_sleep: numberOf("sleep", 1, ({ total_sleep_duration }) => divide(total_sleep_duration, 3600), {
    addsUp: true,
    meanDecimals: 2,
  }),
  average_heart_rate: numberOf("sleep", 1, ({ average_heart_rate }) => average_heart_rate),
  time_in_bed: numberOf(
    "sleep",
    1,
    (night) => (instantOf(night.bedtime_end) - instantOf(night.bedtime_start)) / 3.6e6,
    {
      addsUp: true,
      meanDecimals: 2,
    },
  ),
  awake_time: numberOf("sleep", 0, ({ awake_time }) => divide(awake_time, 60), { addsUp: true }),
  restless_periods: numberOf("sleep", 0, ({ restless_periods }) => restless_periods, { addsUp: true }),
  breathing_disturbance: numberOf("daily_spo2", 0, (document) => document.breathing_disturbance_index),
  temperature_trend: numberOf("daily_readiness", 2, (document) => document.temperature_trend_deviation),
  active_minutes: numberOf("daily_activity", 0, (document) => divide(activeSeconds(document), 60), { addsUp: true }),
  walking_distance: numberOf("daily_activity", 1, (one) => divide(one.equivalent_walking_distance, 1000), {
    addsUp: true,
  }),
  sitting_time: numberOf("daily_activity", 1, ({ sedentary_time }) => divide(sedentary_time, 3600), {
    addsUp: true,
    meanDecimals: 2,
  }),
  active_calories: numberOf("daily_activity", 0, ({ active_calories }) => active_calories, { addsUp: true }),
  total_calories: numberOf("daily_activity", 0, ({ total_calories }) => total_calories, { addsUp: true }),
  cardiovascular_age: numberOf("daily_cardiovascular_age", 0, ({ vascular_age }) => vascular_age),
  pulse_wave_velocity: numberOf("daily_cardiovascular_age", 1, (document) => document.pulse_wave_velocity),
  bedtime: clockOf("bedtime_start"),
  wake_time: clockOf("bedtime_end"),
};
/** What is known of the restless person's life. */
const livedNames = ["steps", "total_sleep", "bedtime", "wake_time"];

function divide(value: unknown, by: number): number | null {
  return typeof value === "number" ? value / by : null;
}
function instantOf(stamp: unknown): number {
  return Date.parse(String(stamp));
}
function activeSeconds(document: HeldDocument): number {
  const { low_activity_time, medium_activity_time, high_activity_time } = document;
  return Number(low_activity_time) + Number(medium_activity_time) + Number(high_activity_time);
}
/** Ōura writes 0 where it measured nothing. */
function averageOf(value: unknown): unknown {
  return value !== null && typeof value === "object" && "average" in value ? value.average || null : null;
}

const cell = z.union([z.string(), z.number(), z.null()]);
const answers = z.looseObject({
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  matches: z.record(z.string(), cell).optional(),
  streak: z.record(z.string(), cell).optional(),
  ranked: z.object({ rows: z.array(z.array(cell)) }).optional(),
});

/** A measured day: its number since 1970, and its value; clock times on a line around the usual one. */
interface Measured {
  day: number;
  value: number;
}

function isoDay(number: number): string {
  return new Date(number * day).toISOString().slice(0, 10);
}

/** Groups as the calendar of `Date` has them. */
const nameOf: Record<string, (number: number) => string> = {
  none: () => "",
  weekday: (number) => weekdays[new Date(number * day).getUTCDay()] ?? "",
  weekend: (number) => ([0, 6].includes(new Date(number * day).getUTCDay()) ? "weekend" : "weekdays"),
  week: (number) => {
    const date = new Date(number * day);
    const thursday = new Date(number * day + (4 - (date.getUTCDay() || 7)) * day);
    const year = thursday.getUTCFullYear();
    const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / day / 7);
    return `${year}-W${String(week).padStart(2, "0")}`;
  },
  month: (number) => isoDay(number).slice(0, 7),
  quarter: (number) => `${isoDay(number).slice(0, 4)}-Q${Math.floor(new Date(number * day).getUTCMonth() / 3) + 1}`,
  year: (number) => isoDay(number).slice(0, 4),
};
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function circular(minutes: readonly number[]): { mean: number; sd: number; length: number } {
  const angles = minutes.map((minute) => (minute / 720) * Math.PI);
  const sine = angles.reduce((sum, angle) => sum + Math.sin(angle), 0) / angles.length;
  const cosine = angles.reduce((sum, angle) => sum + Math.cos(angle), 0) / angles.length;
  const length = Math.min(1, Math.hypot(sine, cosine));
  return {
    mean: (Math.atan2(sine, cosine) / Math.PI) * 720,
    sd: (720 / Math.PI) * Math.sqrt(-2 * Math.log(length)),
    length,
  };
}

/** Clock times on a line: within twelve hours of their mean. */
function onLine(measured: readonly Measured[]): Measured[] {
  if (measured.length === 0) return [];
  const { mean, length } = circular(measured.map(({ value }) => value));
  const centre = length < 0.3 ? 0 : mean;
  return measured.map((one) => {
    let value = one.value;
    while (value >= centre + 720) value -= 1440;
    while (value < centre - 720) value += 1440;
    return { day: one.day, value };
  });
}

const runs = inject("long") ? 400 : 60;

describe.each(["everyday", "far_east", "gen2", "new", "two_rings", "restless"])("the figures of %s", (id) => {
  let life: Life;
  let assistant: Assistant;
  const held = new Map<string, Map<number, HeldDocument[]>>();
  const names = id === "restless" ? livedNames : Object.keys(checked);

  beforeAll(async () => {
    const found = createLives(1, now).get(id);
    if (!found) throw new Error("there is no such person");
    life = found;
    assistant = await createAssistant(people, id);
    if (id === "restless") return;
    for (const route of new Set(Object.values(checked).map((one) => one.route))) {
      const documents = await people.held(id, route);
      held.set(
        route,
        Map.groupBy(documents, (document) => Date.parse(`${String(document.day)}T00:00:00Z`) / day),
      );
    }
  });

  const lived = new Map<number, ReturnType<typeof livedDay>>();

  /** The first day with a record, before which no day counts as one without data. */
  function firstRecord(metric: Checked, start: number, end: number): number {
    const first = id === "restless" ? start : Math.min(...(held.get(metric.route)?.keys() ?? []));
    return first > end ? start : first;
  }

  function valueOn(name: string, number: number): number | null {
    if (id === "restless") return valueLived(name, number);
    const metric = checked[name];
    const ofDay = (held.get(metric?.route ?? "") ?? new Map<number, HeldDocument[]>()).get(number) ?? [];
    const documents = metric?.route === "sleep" ? ofDay.filter(({ type }) => type === "long_sleep") : ofDay;
    if (metric?.route === "sleep" && documents.length > 1) throw new Error("a night in parts needs a lived day");
    const [document] = documents;
    if (!document || !metric) return null;
    const wear = held.get("daily_activity")?.get(number)?.[0]?.non_wear_time;
    if (metric.isDayMetric && typeof wear === "number" && wear > 12 * 3600) return null;
    const value = metric.read(document);
    return typeof value === "number" ? value : null;
  }

  function valueLived(name: string, number: number): number | null {
    const known = lived.get(number) ?? livedDay(life, number);
    lived.set(number, known);
    const { night, offFinger, steps } = known;
    if (name === "steps") return offFinger > 12 * 3600 ? null : steps.reduce((sum, one) => sum + one.steps, 0);
    if (night === null) return null;
    if (name === "total_sleep") return night.asleep / 3600;
    const at = name === "bedtime" ? night.start : night.end;
    return minuteOf(life.calendar.stamp(life.zoneOn(number), at));
  }

  it("equal those of an independent computation, whatever the metric, the groups and the span", async () => {
    const today = life.timeline.anchorDay;
    const asked = fc.record({
      name: fc.constantFrom(...names),
      group: fc.constantFrom(...Object.keys(nameOf)),
      // The restless person has worn a ring for years, with the leap day of 2024.
      last: fc.integer({ min: 0, max: id === "restless" ? 1400 : 400 }),
      length: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 120, max: 800 })),
      isIncluded: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ name, group, last, length, isIncluded }) => {
        const metric = checked[name];
        if (!metric) throw new Error(name);
        const end = today - last;
        const start = end - length + 1;
        const lastCounted = metric.isDayMetric && end === today ? today - 1 : end;
        const all = Array.from({ length: Math.max(0, lastCounted - start + 1) }, (_, index) => start + index);
        const plain = all.flatMap((number) => {
          const value = valueOn(name, number);
          return value === null ? [] : [{ day: number, value }];
        });
        const measured = metric.kind === "clock" ? onLine(plain) : plain;
        const middle = measured[Math.floor(measured.length / 2)]?.value ?? null;
        const answer = answers.parse(
          await assistant.call("oura_get_statistics", {
            metrics: [name],
            ...{ start_date: isoDay(start), end_date: isoDay(end), top: 5 },
            ...(group === "none" ? {} : { group_by: group }),
            ...(middle === null
              ? {}
              : { above: `${isIncluded ? ">=" : ""}${writeThreshold(name, middle)}`, streak: true }),
          }),
        );
        const rows = answer.rows.map((row) =>
          Object.fromEntries(answer.columns.map((column, index) => [column, row[index] ?? null])),
        );
        expect(rows.reduce((sum, { n }) => sum + Number(n), 0)).toBe(measured.length);
        for (const row of rows) {
          const days = all.filter(
            (one) => one >= firstRecord(metric, start, end) && (nameOf[group]?.(one) ?? "") === (row.group ?? ""),
          );
          expect(row.of_days).toBe(days.length);
          const own = measured.filter(({ day: one }) => (nameOf[group]?.(one) ?? "") === (row.group ?? ""));
          checkGroup(metric, row, own);
        }
        if (middle === null) return;
        const threshold = metric.kind === "clock" ? Math.round(middle) : thresholdValue(name, middle);
        const edge = isIncluded ? threshold - 1e-9 : threshold + 1e-9;
        const matching = measured.filter(({ value }) => asShown(metric, value) > edge);
        expect(answer.matches).toMatchObject({ count: matching.length, of_measured: measured.length });
        expect(rows.reduce((sum, { matches }) => sum + Number(matches), 0)).toBe(matching.length);
        checkStreak(answer.streak, matching, all, metric.isDayMetric ? null : today, measured);
        checkRanking(metric, answer.ranked?.rows ?? [], measured);
      }),
      { numRuns: runs, seed: 20 },
    );
  });
});

/** A threshold in the form in which a person would write it. */
function writeThreshold(name: string, value: number): string {
  if (checked[name]?.kind === "clock") {
    const minute = ((Math.round(value) % 1440) + 1440) % 1440;
    return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  }
  return String(thresholdValue(name, value));
}
function thresholdValue(name: string, value: number): number {
  return Number(value.toFixed(checked[name]?.decimals ?? 0));
}

/** A value as an answer shows it in a sentence, where hours are whole minutes. */
function asShown({ kind, meanDecimals, decimals }: Checked, value: number): number {
  if (kind === "clock") return Math.round(value);
  return meanDecimals === 2 ? Math.round(Math.round(value * 3600) / 60) / 60 : Number(value.toFixed(decimals));
}

function checkGroup(metric: Checked, row: Record<string, z.output<typeof cell>>, own: readonly Measured[]): void {
  const values = own.map(({ value }) => value).toSorted((one, other) => one - other);
  const n = values.length;
  expect(row.n).toBe(n);
  if (n === 0) {
    expect([row.mean, row.min, row.max]).toEqual([null, null, null]);
    return;
  }
  const least = values[0] ?? 0;
  const most = values.at(-1) ?? 0;
  expectShown(metric, row.min, least, valueDecimals(metric));
  expectShown(metric, row.max, most, valueDecimals(metric));
  expectDays(row.min_on, own, least);
  expectDays(row.max_on, own, most);
  const sum = values.reduce((total, value) => total + value, 0);
  if (metric.addsUp) expectShown(metric, row.sum, sum, metric.meanDecimals === 2 ? 2 : metric.decimals);
  else expect(row.sum ?? null).toBeNull();
  const around = metric.kind === "clock" ? circular(values) : null;
  const isSparse = 2 * n < Number(row.of_days);
  if (isSparse || (around !== null && around.length < 0.3)) {
    expect([row.mean, row.median]).toEqual([null, null]);
    if (isSparse) expect(row.sd).toBeNull();
    return;
  }
  const mean = around?.mean ?? sum / n;
  expectShown(metric, row.mean, mean, metric.meanDecimals);
  const median = ((values[Math.floor((n - 1) / 2)] ?? 0) + (values[Math.floor(n / 2)] ?? 0)) / 2;
  expectShown(metric, row.median, median, metric.meanDecimals);
  checkQuartiles(metric, row, values);
  if (n === 1) {
    expect(row.sd).toBeNull();
    return;
  }
  const squares = values.reduce((total, value) => total + (value - sum / n) ** 2, 0);
  const sd = around?.sd ?? Math.sqrt(squares / (n - 1));
  expect(Math.abs(z.number().parse(row.sd) - sd)).toBeLessThanOrEqual(0.5 * 10 ** -metric.meanDecimals + 1e-6);
}

/** Hours have the decimals of their means, so that a value in a table is the minute that a sentence says. */
function valueDecimals({ meanDecimals, decimals }: Checked): number {
  return meanDecimals === 2 ? 2 : decimals;
}

/** Both quartiles by their definition: linear between the neighbours of the place (n − 1)/4. */
function checkQuartiles(metric: Checked, row: Record<string, z.output<typeof cell>>, values: readonly number[]): void {
  if (values.length < 4) {
    expect([row.q25, row.q75]).toEqual([null, null]);
    return;
  }
  const at = (quarter: number): number => {
    const [whole, rest] = [Math.floor(((values.length - 1) * quarter) / 4), (((values.length - 1) * quarter) % 4) / 4];
    return (values[whole] ?? 0) * (1 - rest) + (values[whole + 1] ?? values[whole] ?? 0) * rest;
  };
  expectShown(metric, row.q25, at(1), valueDecimals(metric));
  expectShown(metric, row.q75, at(3), valueDecimals(metric));
}

/** A number or a clock time, as rounded in the answer. */
function expectShown(metric: Checked, shown: unknown, value: number, decimals: number): void {
  if (metric.kind === "clock") {
    const minute = minuteOf(`2026-01-01T${String(shown)}`);
    const apart = ((((minute - value + 720) % 1440) + 1440) % 1440) - 720;
    expect(Math.abs(apart), `${shown} for ${value}`).toBeLessThanOrEqual(0.5 + 1e-6);
  } else
    expect(Math.abs(Number(shown) - value), `${shown} for ${value}`).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-6);
}

/** The up to three newest days that hold a value, the oldest first, and how many more do. */
function expectDays(shown: unknown, own: readonly Measured[], value: number): void {
  const days = own.filter((one) => one.value === value).map((one) => isoDay(one.day));
  const newest = days.slice(-3).join(", ");
  expect(shown).toBe(days.length > 3 ? `${newest} +${days.length - 3}` : newest);
}

/** The longest run of consecutive matching days. A night of today that has no value yet does not end the run. */
function checkStreak(
  streak: Record<string, unknown> | undefined,
  matching: readonly Measured[],
  all: readonly number[],
  today: number | null,
  measured: readonly Measured[],
): void {
  const days = new Set(matching.map((one) => one.day));
  let longest = 0;
  let running = 0;
  for (const number of all) {
    if (number === today && !measured.some((one) => one.day === today)) continue;
    running = days.has(number) ? running + 1 : 0;
    longest = Math.max(longest, running);
  }
  expect(streak).toMatchObject({ longest, current: running });
}

function checkRanking(metric: Checked, rows: readonly unknown[][], measured: readonly Measured[]): void {
  const ranked = measured.toSorted((one, other) => other.value - one.value || other.day - one.day).slice(0, 5);
  expect(rows.map(([, shown]) => shown)).toEqual(ranked.map((one) => isoDay(one.day)));
  rows.forEach(([rank, , value], index) => {
    const one = ranked[index]?.value ?? 0;
    expect(rank).toBe(1 + measured.filter((other) => other.value > one).length);
    expectShown(metric, value, one, valueDecimals(metric));
  });
}

describe("what an answer costs", () => {
  it.each([
    ["everyday", {}, 1_500, 6],
    ["restless", { metrics: ["resting_heart_rate"], group_by: "month", last_days: 730 }, 4_096, 3],
    ["everyday", { metrics: ["hrv"] }, 1_500, 2],
    ["restless", { metrics: ["total_sleep"], below: "6", streak: true, top: 5, last_days: 365 }, 4_096, 3],
    ["restless", { metrics: ["steps"], group_by: "month", last_days: 2192 }, 8_192, 2],
    ["restless", { pattern: "chronotype" }, 1_500, 3],
  ])("of %s for %j stays below %i bytes and %i requests", async (id, input, bytes, requests) => {
    const asking = await createAssistant(createSyntheticPeople(), id);
    await asking.call("oura_get_statistics", input);
    const [cost] = asking.costs;
    expect(cost?.answerBytes).toBeLessThanOrEqual(bytes);
    expect(cost?.ouraRequests).toBeLessThanOrEqual(requests);
  });
});
