import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { activityOn, ask, type Held } from "./ask.ts";

const today = "2026-08-20" as IsoDay; // a label, written as one
/** The night to this day is strained. */
const strained = "2026-08-18" as IsoDay; // as above
const eve = addDays(strained, -1);

/** 150 ordinary nights from 23:10 to 07:00 at +02:00, and a strained one. */
function nights(offsetOf: (day: IsoDay) => string = () => "+02:00") {
  return Array.from({ length: 150 }, (_, index) => {
    const day = addDays(today, index - 149);
    const wobble = ((index * 7919) % 11) - 5;
    const figures = { average_hrv: 45 + wobble, lowest_heart_rate: 52 + (wobble > 2 ? 1 : 0), average_breath: 15 };
    const times = {
      bedtime_start: `${addDays(day, -1)}T23:10:00.000${offsetOf(day)}`,
      bedtime_end: `${day}T07:00:00.000${offsetOf(day)}`,
    };
    const strain = day === strained ? { average_hrv: 14, lowest_heart_rate: 68, average_breath: 19 } : {};
    const asleep = { total_sleep_duration: 25_200, time_in_bed: 28_200, efficiency: 90 };
    return { day, type: "long_sleep", ...times, ...asleep, ...figures, ...strain };
  });
}

function tag(start: string, code: string | null = "tag_generic_alcohol", more: object = {}) {
  return {
    start_day: start.slice(0, 10),
    start_time: start,
    end_day: null,
    end_time: null,
    tag_type_code: code,
    ...more,
  };
}

function oldTag(timestamp: string, tags: string[]) {
  return { day: timestamp.slice(0, 10), timestamp, text: "at a party", tags };
}

async function explain(held: Held, metrics = ["hrv", "resting_heart_rate"]) {
  const asking = { now: "2026-08-20T18:00:00Z", held: { sleep: nights(), ...held }, offsetMinutes: 120 };
  const { answer } = await ask(anomaliesTool, { start_date: "2026-08-10", metrics }, asking);
  const { together, unusual } = answer as unknown as Record<string, { text: string }[]>; // the tool's output schema
  const texts = [...(together ?? []), ...(unusual ?? [])].map(({ text }) => text);
  expect(texts.length).toBeGreaterThanOrEqual(metrics.length);
  return texts.map((text) => / Noted .*$/.exec(text)?.[0] ?? null);
}

/** Every spell has the same note. */
async function noteOf(held: Held): Promise<string | null> {
  const notes = new Set(await explain(held));
  expect(notes.size).toBe(1);
  return [...notes][0] ?? null;
}

describe("the context of a strained night", () => {
  it.each([
    ["a tag of the evening before", { enhanced_tag: [tag(`${eve}T20:40:00+02:00`)] }, "the tag alcohol"],
    [
      "a tag of the morning before",
      { enhanced_tag: [tag(`${eve}T08:00:00+02:00`, "custom")] },
      "a tag of the wearer's own",
    ],
    [
      "a tag that spans days",
      { enhanced_tag: [tag(`${addDays(eve, -6)}T09:00:00+02:00`, "tag_generic_sick", { end_day: eve })] },
      "the tag sick",
    ],
    ["a tag of unknown code", { enhanced_tag: [tag(`${eve}T20:00:00+02:00`, "tag_generic_zorbing")] }, "another tag"],
    ["a tag of the older form", { tag: [oldTag(`${eve}T20:40:00+02:00`, ["tag_generic_alcohol"])] }, "the tag alcohol"],
    ["a note of the older form", { tag: [oldTag(`${eve}T20:40:00+02:00`, [])] }, "a note"],
    [
      "an own tag once, though it comes in both forms",
      {
        enhanced_tag: [tag(`${eve}T20:40:00+02:00`, "custom")],
        tag: [oldTag(`${eve}T20:40:21+02:00`, [])],
      },
      "a tag of the wearer's own",
    ],
    [
      "a hard workout of the evening",
      { workout: [{ day: eve, intensity: "hard", start_datetime: `${eve}T19:00:00.000+02:00` }] },
      "a hard workout",
    ],
    [
      "rest mode since the day before",
      {
        rest_mode_period: [{ start_day: eve, start_time: `${eve}T18:00:00.000+02:00`, end_day: null, end_time: null }],
      },
      "rest mode was on",
    ],
    [
      "rest mode that began weeks before",
      {
        rest_mode_period: [
          { start_day: "2026-07-20", start_time: "2026-07-20T09:00:00+02:00", end_day: "2026-08-30", end_time: null },
        ],
      },
      "rest mode was on",
    ],
    [
      "a journey",
      { sleep: nights((day) => (day < addDays(strained, -1) ? "-05:00" : "+02:00")) },
      `time zone forward by 7 h on Mon 17 Aug 2026`,
    ],
  ])("names %s, on every spell alike", async (_name, held, said) => {
    expect(await noteOf(held)).toBe(` Noted before that night: ${said}.`);
  });

  it.each([
    ["a tag of the evening after it", { enhanced_tag: [tag(`${strained}T20:40:00+02:00`)] }],
    ["a tag of the morning after it", { enhanced_tag: [tag(`${strained}T09:00:00+02:00`, "tag_generic_sick")] }],
    ["a tag of the older form after it", { tag: [oldTag(`${strained}T20:40:00+02:00`, ["tag_generic_alcohol"])] }],
    ["a tag during it", { enhanced_tag: [tag(`${strained}T02:00:00+02:00`, "tag_sleep_nightmares")] }],
    ["a tag before the night before", { enhanced_tag: [tag(`${addDays(eve, -1)}T22:00:00+02:00`)] }],
    ["a tag of that day without a time", { enhanced_tag: [tag(strained, "tag_generic_sick")] }],
    [
      "a hard workout of the day after",
      { workout: [{ day: strained, intensity: "hard", start_datetime: `${strained}T18:00:00.000+02:00` }] },
    ],
    [
      "rest mode turned on after it",
      {
        rest_mode_period: [
          { start_day: strained, start_time: `${strained}T09:00:00.000+02:00`, end_day: null, end_time: null },
        ],
      },
    ],
    [
      "rest mode that had ended",
      {
        rest_mode_period: [
          {
            start_day: "2026-08-01",
            start_time: "2026-08-01T09:00:00+02:00",
            end_day: "2026-08-10",
            end_time: "2026-08-10T09:00:00+02:00",
          },
        ],
      },
    ],
  ])("does not name %s", async (_name, held) => {
    expect(await noteOf(held)).toBeNull();
  });

  it("counts a tag after midnight that comes before bedtime", async () => {
    const sleep = nights().map((night) =>
      night.day === strained ? { ...night, bedtime_start: `${strained}T01:30:00.000+02:00` } : night,
    );
    expect(await noteOf({ sleep, enhanced_tag: [tag(`${strained}T00:40:00+02:00`)] })).toContain("the tag alcohol");
  });
});

it("says that tags of the older form could not be read, and tells the rest", async () => {
  const held: Held = {
    sleep: nights(),
    tag: () => new Response(null, { status: 503 }),
    enhanced_tag: [tag(`${eve}T20:40:00+02:00`)],
  };
  const asking = { now: "2026-08-20T18:00:00Z", held, offsetMinutes: 120 };
  const { answer } = await ask(anomaliesTool, { start_date: "2026-08-10", metrics: ["hrv"] }, asking);
  expect(JSON.stringify(answer.unusual)).toContain("Noted before that night: the tag alcohol.");
  expect(answer.missing).toContainEqual(
    expect.objectContaining({ what: "tags in their older form", reason: "unavailable" }),
  );
});

it("names what was recorded on an unusual day or the day before", async () => {
  const daily_activity = Array.from({ length: 150 }, (_, index) => {
    const day = addDays(today, index - 149);
    const steps = day === strained ? 60 : 8000 + ((index * 7919) % 1100);
    return activityOn(day, "+02:00", { steps });
  });
  const enhanced_tag = [
    tag(`${strained}T20:40:00+02:00`, "tag_generic_sick"),
    tag(`${addDays(strained, 1)}T08:00:00+02:00`, "tag_generic_coffee"),
  ];
  const notes = await explain({ daily_activity, enhanced_tag }, ["steps"]);
  expect(notes.at(-1)).toBe(" Noted on that day or the day before: the tag sick.");
});
