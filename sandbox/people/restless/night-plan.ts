import { clamp } from "../arithmetic.ts";
import { type DayNumber, isWeekend, weekday } from "../calendar.ts";
import type { Life } from "../life.ts";
import { createDayMemo } from "../life-memo.ts";
import { hash, type Random, randomFor } from "../random.ts";
import { wornOn } from "../wear.ts";

/** Whole minutes from local midnight of the day they belong to; negative before it. */
export interface Stretch {
  from: number;
  to: number;
}

/**
 * A time in bed. Stretches of the `night` are at most three hours apart. A `second_sleep` is further away from the night
 * and shorter. A `short` stretch is under three hours and counts as a nap.
 */
export interface BedTime extends Stretch {
  part: "night" | "second_sleep" | "short";
}

export type NightKind =
  | "ordinary"
  /** The person gets up for some minutes, which the ring records as time awake. */
  | "up_briefly"
  /** The person gets up for 20 to 170 minutes, and the ring records each part as a sleep of its own. */
  | "in_two"
  | "in_three"
  | "second_sleep"
  /** A night of less than three hours that Oura scores. */
  | "short"
  /** A night of less than three hours that Oura does not score. */
  | "unscored"
  /** A short stretch, then up, then the night. */
  | "short_first"
  | "ring_off";

export interface NightPlan {
  kind: NightKind;
  /** In order, never overlapping. */
  inBed: readonly BedTime[];
  /** The time the ring is off the finger, for a night without the ring. */
  off: Stretch | null;
}

const OFTEN: readonly [NightKind, number][] = [
  ["up_briefly", 0.12],
  ["in_two", 0.14],
  ["in_three", 0.02],
  ["second_sleep", 0.05],
  ["short", 0.06],
  ["unscored", 0.015],
  ["short_first", 0.035],
  ["ring_off", 0.06],
];
const OFTEN_ON_SHIFT: readonly [NightKind, number][] = [
  ["up_briefly", 0.15],
  ["in_two", 0.2],
  ["ring_off", 0.05],
];
/** The nights before the anchor day, newest first, so that a demonstration shows the kinds. */
const SHOWN: readonly NightKind[] = ["in_two", "up_briefly", "short", "second_sleep", "ordinary", "ring_off"];

const nightPlans = createDayMemo<NightPlan>();

/** What the restless person does in the night that ends on `day`. */
export function nightPlan(life: Life, day: DayNumber): NightPlan {
  return nightPlans.recall(life, day, () => {
    const random = randomFor(life.seed, "night-plan", day);
    if (!wornOn(life, day) || !wornOn(life, day - 1)) return withoutRing(false);
    const shift = worksAtNight(life, day);
    const kind = SHOWN[life.timeline.anchorDay - day] ?? draw(shift ? OFTEN_ON_SHIFT : OFTEN, random.uniform());
    if (kind === "ring_off") return withoutRing(shift);
    return {
      kind,
      inBed: shift ? sleepAfterShift(kind, random) : sleepAtNight(kind, isWeekend(day), random),
      off: null,
    };
  });
}

/** Whether the person comes from a night shift on the morning of `day`: a working week in about five. */
export function worksAtNight({ seed, timeline }: Life, day: DayNumber): boolean {
  const monday = day - ((weekday(day) + 6) % 7);
  const soon = timeline.anchorDay - monday < 14;
  return !soon && ![0, 1].includes(weekday(day)) && hash(`${seed}|shift|${monday}`) % 5 === 0;
}

function withoutRing(shift: boolean): NightPlan {
  return { kind: "ring_off", inBed: [], off: shift ? { from: 450, to: 980 } : { from: -180, to: 480 } };
}

function draw(odds: readonly [NightKind, number][], luck: number): NightKind {
  let sum = 0;
  for (const [kind, share] of odds) {
    sum += share;
    if (luck < sum) return kind;
  }
  return "ordinary";
}

function sleepAtNight(kind: NightKind, weekend: boolean, random: Random): BedTime[] {
  const bedtime = Math.round(clamp(-40 + (weekend ? 40 : 0) + 35 * random.normal(), -125, 75));
  switch (kind) {
    case "in_two":
      return inBed(bedtime, [random.integer(190, 245), random.integer(190, 260)], () => random.integer(20, 170));
    case "in_three":
      return inBed(
        bedtime,
        [0, 1, 2].map(() => random.integer(185, 205)),
        () => random.integer(20, 60),
      );
    case "second_sleep":
      return sleepTwice(bedtime, random);
    case "short":
      return inBed(random.integer(60, 240), [random.integer(100, 170)]);
    case "unscored":
      return inBed(random.integer(180, 330), [random.integer(60, 150)]).map((time) => ({ ...time, part: "short" }));
    case "short_first":
      return inBed(bedtime, [random.integer(90, 160), random.integer(240, 330)], () => random.integer(25, 90)).map(
        (time, index) => (index === 0 ? { ...time, part: "short" } : time),
      );
    case "up_briefly":
      return upBriefly(bedtime, Math.round(clamp(450 + 40 * random.normal(), 330, 560)), random);
    default:
      return inBed(bedtime, [Math.round(clamp(445 + (weekend ? 30 : 0) + 45 * random.normal(), 300, 600))]);
  }
}

function sleepAfterShift(kind: NightKind, random: Random): BedTime[] {
  if (kind === "in_two")
    return inBed(random.integer(480, 500), [random.integer(185, 200), random.integer(185, 200)], () =>
      random.integer(20, 60),
    );
  const start = random.integer(480, 560);
  const length = random.integer(330, 410);
  return kind === "up_briefly" ? upBriefly(start, length, random) : inBed(start, [length]);
}

/** The second sleep comes after the night, or in the evening before it. */
function sleepTwice(bedtime: number, random: Random): BedTime[] {
  const [night, second, between] = [random.integer(260, 310), random.integer(185, 212), random.integer(185, 300)];
  const evening = random.chance(0.4);
  const times = evening
    ? inBed(random.integer(-285, -265), [second, night], () => Math.min(between, 250))
    : inBed(bedtime, [night, second], () => between);
  const index = evening ? 0 : 1;
  return times.map((time, i) => (i === index ? { ...time, part: "second_sleep" } : time));
}

function upBriefly(start: number, length: number, random: Random): BedTime[] {
  const first = Math.round(length * random.between(0.35, 0.7));
  return inBed(start, [first, length - first], () => random.integer(4, 15));
}

/** Stretches of these lengths, with a pause before each but the first. */
function inBed(start: number, lengths: readonly number[], pause: () => number = () => 0): BedTime[] {
  let at = start;
  return lengths.map((length, index) => {
    const from = at + (index === 0 ? 0 : pause());
    at = from + length;
    return { from, to: at, part: "night" };
  });
}
