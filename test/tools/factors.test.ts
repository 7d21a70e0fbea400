import { describe, expect, it } from "vitest";
import { dayNumber, type IsoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { gatherSleepDays } from "../../src/oura/night.ts";
import { ouraRoutes } from "../../src/oura/routes.ts";
import { fromTag, fromWorkout, type RingEvent } from "../../src/question/ring-event.ts";
import { drawMean } from "../../src/tools/influences/draw-around.ts";
import { collectFactors } from "../../src/tools/influences/factors.ts";
import { createNightTimeline } from "../../src/tools/influences/night-before.ts";

const day = (text: string) => parseIsoDay(text) as IsoDay; // the texts of this file are days
const november = { start: day("2026-11-01"), end: day("2026-11-30") };

function factorsOf(events: readonly RingEvent[]) {
  return collectFactors({ documents: {}, events, kinds: ["tag", "workout"] }, november);
}

/** Uses of a tag on as many days. */
function tagged(custom_name: string, days: number): RingEvent[] {
  return Array.from({ length: days }, (_, index) => {
    const start_day = `2026-11-${String(index + 1).padStart(2, "0")}`;
    const document = { start_time: `${start_day}T20:00:00+00:00`, start_day, tag_type_code: "custom", custom_name };
    return fromTag(ouraRoutes.enhanced_tag_details.schema.parse(document));
  });
}

describe("a tag is a factor", () => {
  it("if it was used on five days, and not on four", () => {
    const { rareTags, list } = factorsOf([...tagged("often", 5), ...tagged("seldom", 4)]);
    expect(list.map(({ name }) => name)).toContain("own tag 1");
    expect(rareTags).toEqual(["own tag 2"]);
  });

  it("if it is one of the twelve most used", () => {
    const tags = Array.from({ length: 13 }, (_, index) => tagged(`tag ${index}`, 20 - index));
    const { list, tagsLeftOut } = factorsOf(tags.flat());
    expect(list.filter(({ name }) => name.startsWith("own tag"))).toHaveLength(12);
    expect(tagsLeftOut).toEqual(["own tag 13"]);
  });
});

it.each([
  ["18:59", "17:59", 0],
  ["19:00", "18:00", 1],
  ["03:59", "02:59", 1],
  ["04:00", "03:00", 0],
])("a workout that ends at %s is late from 19:00 until 04:00", (end, start, isLate) => {
  const document = {
    day: "2026-11-10",
    activity: "running",
    start_datetime: `2026-11-10T${start}:00+00:00`,
    end_datetime: `2026-11-10T${end}:00+00:00`,
  };
  const { list } = factorsOf([fromWorkout(ouraRoutes.workout_details.schema.parse(document))]);
  const late = list.find(({ name }) => name === "late workout")?.beforeNight;
  expect(late?.values[dayNumber(day("2026-11-11")) - late.firstDay]).toBe(isLate);
});

it.each([
  ["03:00", 1],
  ["02:59", 0],
])(
  "an event at %s counts for a night that begins at 23:00 if twenty hours lie between them: %i night",
  (clock, nights) => {
    const sleep = {
      day: "2026-11-11",
      type: "long_sleep",
      bedtime_start: "2026-11-10T23:00:00+00:00",
      bedtime_end: "2026-11-11T07:00:00+00:00",
    };
    const tag = {
      start_time: `2026-11-10T${clock}:00+00:00`,
      start_day: "2026-11-10",
      tag_type_code: "tag_generic_sauna",
    };
    const timeline = createNightTimeline(gatherSleepDays([ouraRoutes.sleep.schema.parse(sleep)], () => true));
    const event = fromTag(ouraRoutes.enhanced_tag_details.schema.parse(tag));
    expect(timeline.nightsAfter(event)).toHaveLength(nights);
  },
);

it("the picture of the days around several events shows eight in ten ordinary nights as usual: 1.28 SD on both sides", () => {
  const picture = drawMean(3, [{ id: "hrv", course: [{ offset: 0, z: 0.5, n: 3, difference: 2, interval: null }] }]);
  expect(picture?.metrics[0]).toMatchObject({ low: [-1.28], high: [1.28], values: [0.5], counts: [3] });
});
