import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { DAY, type DayNumber, isoDay } from "../../sandbox/people/calendar.ts";
import { createLives, type Life } from "../../sandbox/people/life.ts";
import { type LivedDay, livedDay } from "../../sandbox/people/restless/lived-day.ts";
import { nightPlan } from "../../sandbox/people/restless/night-plan.ts";
import { type OpenSimulator, openSimulator, pluck, type Row } from "./open-simulator.ts";

const DAYS = inject("long") ? 2_190 : 400;
const sleepRow = z.object({
  day: z.string(),
  type: z.enum(["long_sleep", "sleep", "late_nap", "rest", "deleted"]).nullable(),
  bedtime_start: z.string(),
  bedtime_end: z.string(),
  total_sleep_duration: z.number().nullable(),
  deep_sleep_duration: z.number().nullable(),
  rem_sleep_duration: z.number().nullable(),
});

/** What happens on the days of the restless person, and what the ring and Oura make of it. */
describe.each(["restless", "restless_east"])("the life of %s", (id) => {
  let simulator: OpenSimulator;
  let life: Life;
  let days: DayNumber[];
  let lived: Map<string, LivedDay>;
  let sleeps: Map<string, z.output<typeof sleepRow>[]>;
  beforeAll(async () => {
    simulator = await openSimulator(fixedInstant);
    const found = createLives(1, Date.parse(fixedInstant)).get(id);
    if (!found) throw new Error("there is no such person");
    life = found;
    const last = life.timeline.anchorDay - 1;
    days = Array.from({ length: DAYS }, (_, back) => last - back);
    lived = new Map(days.map((day) => [isoDay(day), livedDay(life, day)]));
    sleeps = Map.groupBy(z.array(sleepRow).parse(await held("sleep")), ({ day }) => day);
  }, 60_000);
  function held(route: string): Promise<Row[]> {
    return simulator.held(id, route, `start=${isoDay(Math.min(...days))}`);
  }

  it("has every kind of night, and days with little wear", () => {
    const kinds = new Set(days.map((day) => nightPlan(life, day).kind));
    expect([...kinds].sort()).toEqual(
      [
        "in_three",
        "in_two",
        "ordinary",
        "ring_off",
        "second_sleep",
        "short",
        "short_first",
        "unscored",
        "up_briefly",
      ].sort(),
    );
    const off = [...lived.values()].map(({ offFinger }) => offFinger / 3_600);
    expect(off.filter((hours) => hours >= 4 && hours <= 12).length).toBeGreaterThan(30);
    expect(off.filter((hours) => hours > 12 && hours < 24).length).toBeGreaterThan(10);
    expect(off.filter((hours) => hours === 24).length).toBeGreaterThanOrEqual(8);
  });

  it("is recorded without adding or losing a minute of sleep", () => {
    for (const [day, { night, secondSleep, naps }] of lived) {
      const slept = [night, secondSleep, ...naps].filter((sleep) => sleep !== null);
      const counted = outermost((sleeps.get(day) ?? []).filter(({ type }) => type !== "rest" && type !== "deleted"));
      const total = (field: "total_sleep_duration" | "deep_sleep_duration" | "rem_sleep_duration"): number =>
        counted.reduce((sum, sleep) => sum + (sleep[field] ?? Number.NaN), 0);
      const of = (stage: "asleep" | "deep" | "rem"): number => slept.reduce((sum, sleep) => sum + sleep[stage], 0);
      expect([day, total("total_sleep_duration"), total("deep_sleep_duration"), total("rem_sleep_duration")]).toEqual([
        day,
        of("asleep"),
        of("deep"),
        of("rem"),
      ]);
      const bounds = counted.flatMap(({ bedtime_start, bedtime_end }) => [
        Date.parse(bedtime_start),
        Date.parse(bedtime_end),
      ]);
      const livedBounds = slept.flatMap(({ start, end }) => [start, end]);
      expect([Math.min(...bounds), Math.max(...bounds)]).toEqual([Math.min(...livedBounds), Math.max(...livedBounds)]);
    }
  });

  it("has a sleep score on exactly the days with a night", async () => {
    const scored = new Set(pluck(await held("daily_sleep"), "day"));
    for (const [day, { night }] of lived) expect([day, scored.has(day)]).toEqual([day, night !== null]);
  });

  it("has a long sleep for each part of a night, and none for a short night", () => {
    for (const day of days) {
      const long = (sleeps.get(isoDay(day)) ?? []).filter(({ type }) => type === "long_sleep").length;
      const expected = { in_two: 2, second_sleep: 2, in_three: 3, short: 0, unscored: 0, ring_off: 0 };
      const { kind } = nightPlan(life, day);
      expect([isoDay(day), kind, long]).toEqual([
        isoDay(day),
        kind,
        { ordinary: 1, up_briefly: 1, short_first: 1, ...expected }[kind],
      ]);
    }
  });

  it("is off the finger for as long as Oura reports, and has the steps Oura reports", async () => {
    const reported = new Map((await held("daily_activity")).map((row) => [row.day, row]));
    for (const [day, { offFinger, steps }] of lived) {
      const row = reported.get(day);
      if (offFinger === DAY / 1_000) expect(row).toBeUndefined();
      else {
        const sum = steps.reduce((total, part) => total + part.steps, 0);
        expect([day, row?.non_wear_time, row?.steps]).toEqual([day, offFinger, sum]);
      }
    }
  });

  it("takes no steps in a swim or a ride, and none of a workout happens without the ring", async () => {
    const swims = [...lived.values()].flatMap(({ steps }) =>
      steps.filter(({ activity }) => ["swimming", "cycling"].includes(activity ?? "")),
    );
    expect(swims.length).toBeGreaterThan(30);
    expect(swims.filter(({ steps }) => steps > 0)).toEqual([]);
    const activities = new Set(pluck(await held("workout"), "activity"));
    expect([...activities].sort()).toEqual(
      expect.arrayContaining(["cycling", "dancing", "running", "swimming", "walking"]),
    );
  });

  it("has no activity score in rest mode, or a 0", async () => {
    const rests = z
      .array(z.object({ start_day: z.string(), end_day: z.string().nullable() }))
      .parse(await held("rest_mode_period"));
    expect(rests.length).toBeGreaterThan(3);
    const scores = new Map((await held("daily_activity")).map(({ day, score }) => [String(day), score]));
    const inRest = [...scores].filter(([day]) =>
      rests.some(({ start_day, end_day }) => day >= start_day && day <= (end_day ?? "9")),
    );
    expect(new Set(inRest.map(([, score]) => score))).toEqual(new Set([0, null]));
  });

  it("notes tags with digits, with words run together, with own names and without a code", async () => {
    const tags = await held("enhanced_tag");
    expect(pluck(tags, "tag_type_code")).toEqual(
      expect.arrayContaining(["tag_generic_glp_1_medication", "tag_generic_socialgathering", "custom", null]),
    );
    expect(pluck(tags, "custom_name")).toEqual(expect.arrayContaining(["Magnesium 400", "Nachtdienst 12h"]));
  });

  it("changed the ring for one whose date Oura does not give", async () => {
    expect(pluck(await held("ring_configuration"), "set_up_at")).toEqual([expect.stringMatching(/^20/), null]);
  });

  it("sometimes has a period that Oura has not finished yet, until the wearer opens the app in the morning", async () => {
    const mornings = days.slice(0, 30);
    let unfinished = 0;
    for (const day of mornings) {
      const morning = life.calendar.instantAt(life.person.zone, day, 6 * 60);
      await simulator.control("PUT", `people/${id}`, { synced_until: new Date(morning).toISOString() });
      const [open] = (await simulator.held(id, "sleep", `start=${isoDay(day)}`)).filter(({ type }) => type === null);
      if (!open) continue;
      unfinished += 1;
      expect(open).toMatchObject({ day: isoDay(day), total_sleep_duration: null, sleep_phase_5_min: null });
      expect(Date.parse(String(open.bedtime_end))).toBeLessThanOrEqual(morning);
      await simulator.control("PUT", `people/${id}`, { synced_until: null });
      const whole = (await simulator.held(id, "sleep", `start=${isoDay(day)}`)).find((sleep) => sleep.id === open.id);
      expect(whole?.bedtime_start).toBe(open.bedtime_start);
      expect(Number(whole?.total_sleep_duration)).toBeGreaterThan(0);
    }
    await simulator.control("PUT", `people/${id}`, { synced_until: null });
    expect(unfinished).toBeGreaterThan(2);
    expect(unfinished).toBeLessThan(mornings.length);
  });
});

/** Without the small periods that lie inside another one. */
function outermost(rows: readonly z.output<typeof sleepRow>[]) {
  const isInside = (row: z.output<typeof sleepRow>) =>
    rows.some(
      (other) => other !== row && other.bedtime_start <= row.bedtime_start && other.bedtime_end >= row.bedtime_end,
    );
  return rows.filter((row) => !isInside(row));
}

it("answers six years of one route in one list, and again from what it remembers", async () => {
  const simulator = await openSimulator(fixedInstant);
  const token = await simulator.token("restless");
  const path = "daily_readiness?start_date=2020-11-01&end_date=2026-11-21";
  const first = await simulator.page(path, token);
  expect(first.next_token).toBeNull();
  expect(first.data.length).toBeGreaterThan(1_900);
  expect(await simulator.page(path, token)).toEqual(first);
});

it("keeps every day of the history, whatever else is asked in between", () => {
  const life = createLives(1, Date.parse(fixedInstant)).get("restless");
  if (!life) throw new Error("there is no such person");
  const made = new Map<number, unknown>();
  const first = life.timeline.firstDay;
  for (let day = first; day <= life.timeline.anchorDay; day++) made.set(day, nightPlan(life, day));
  for (let day = first; day <= life.timeline.anchorDay; day++) expect(nightPlan(life, day)).toBe(made.get(day));
});
