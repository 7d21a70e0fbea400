import type { DayNumber } from "../calendar.ts";
import type { Life } from "../life.ts";
import { createDayMemo } from "../life-memo.ts";
import { type Random, randomFor } from "../random.ts";
import { chargeOn } from "../ring-battery.ts";
import { SLEEP_DAY_CHANGE, type SleepKind } from "../sleep-period.ts";
import { wornOn } from "../wear.ts";
import type { WorkoutShape } from "../workout-shape.ts";
import { nightPlan, type Stretch } from "./night-plan.ts";

/** What the restless person does while awake on a calendar day; nothing overlaps. */
export interface DayPlan {
  /** The ring lies somewhere, from 4 hours to the whole time awake. */
  off: Stretch | null;
  naps: readonly (Stretch & { kind: SleepKind })[];
  workouts: readonly (Stretch & WorkoutShape)[];
  meditation: Stretch | null;
}

const HOUR = 60;
/** Nothing is planned in the last minutes of a day. */
const LATEST = 23 * HOUR + 20;

const TRAINING: readonly [WorkoutShape, ...WorkoutShape[]] = [
  { activity: "swimming", intensity: "moderate", source: "confirmed", stepsPerMinute: 0, label: null },
  { activity: "swimming", intensity: "hard", source: "workout_heart_rate", stepsPerMinute: 0, label: "Lake loop" },
  { activity: "cycling", intensity: "moderate", source: "confirmed", stepsPerMinute: 0, label: null },
  { activity: "running", intensity: "hard", source: "workout_heart_rate", stepsPerMinute: 158, label: null },
  { activity: "dancing", intensity: "moderate", source: "confirmed", stepsPerMinute: 95, label: null },
  { activity: "crossCountrySkiing", intensity: "hard", source: "manual", stepsPerMinute: 0, label: null },
  { activity: "yoga", intensity: "easy", source: "manual", stepsPerMinute: 0, label: "Yin 90" },
];
const WALK: WorkoutShape = {
  activity: "walking",
  intensity: "easy",
  source: "autodetected",
  stepsPerMinute: 104,
  label: null,
};

const dayPlans = createDayMemo<DayPlan>();

export function dayPlan(life: Life, day: DayNumber): DayPlan {
  return dayPlans.recall(life, day, () => {
    const random = randomFor(life.seed, "day-plan", day);
    if (!wornOn(life, day)) return { off: null, naps: [], workouts: [], meditation: null };
    const awake = timeAwake(life, day);
    const place = placing(awake, chargeOn(life, day), random);
    const off = offFinger(awake, random);
    if (off) place.taken.push(off);
    const workouts: DayPlan["workouts"][number][] = [];
    const train = (shape: WorkoutShape, minutes: number): void => {
      const time = place.find(minutes);
      if (time) workouts.push({ ...time, ...shape });
    };
    if (random.chance(0.55)) train(random.pick(TRAINING), random.integer(20, 70));
    if (random.chance(0.6)) train(WALK, random.integer(12, 50));
    const naps: DayPlan["naps"][number][] = [];
    const rest = (kind: SleepKind, minutes: number): void => {
      const time = place.find(minutes);
      if (!time) return;
      naps.push({ ...time, kind: kind === "sleep" && time.to >= SLEEP_DAY_CHANGE ? "late_nap" : kind });
    };
    if (random.chance(0.3)) rest("sleep", random.integer(22, 75));
    if (random.chance(0.05)) rest("sleep", random.integer(20, 40));
    if (random.chance(0.05)) rest("rest", random.integer(10, 30));
    if (random.chance(0.03)) rest("deleted", random.integer(10, 30));
    const meditation = random.chance(0.2) ? place.find(random.integer(6, 20)) : null;
    return {
      off,
      naps: naps.sort((a, b) => a.from - b.from),
      workouts: workouts.sort((a, b) => a.from - b.from),
      meditation,
    };
  });
}

/** From getting up for good until going to bed, or until the ring comes off for the night. */
function timeAwake(life: Life, day: DayNumber): Stretch {
  const [last, next] = [nightPlan(life, day), nightPlan(life, day + 1)];
  const up = Math.max(last.off?.to ?? 0, ...last.inBed.map(({ to }) => to));
  const bed = 24 * HOUR + Math.min(next.off?.from ?? 0, ...next.inBed.map(({ from }) => from));
  return { from: Math.max(5 * HOUR, up + 25), to: Math.min(LATEST, bed - 25) };
}

/** On one day in seven: mostly for 4 to 12 hours, sometimes for more than 12. */
function offFinger(awake: Stretch, random: Random): Stretch | null {
  const [luck, share, place] = [random.uniform(), random.uniform(), random.uniform()];
  const longest = awake.to - awake.from;
  const [least, most] = luck < 0.1 ? [4 * HOUR, 11.5 * HOUR] : [12.2 * HOUR, 16.5 * HOUR];
  if (luck >= 0.15 || longest < least) return null;
  const minutes = Math.round(least + share * (Math.min(most, longest) - least));
  const from = Math.round(awake.from + place * (longest - minutes));
  return { from, to: from + minutes };
}

/** Finds free times in the time awake. */
function placing(awake: Stretch, charge: Stretch | null, random: Random) {
  const taken: Stretch[] = charge ? [charge] : [];
  const apart = 6;
  return {
    taken,
    find(minutes: number): Stretch | null {
      for (let attempt = 0; attempt < 10 && awake.to - awake.from > minutes; attempt++) {
        const from = random.integer(awake.from, awake.to - minutes);
        const time = { from, to: from + minutes };
        if (taken.some((other) => other.from < time.to + apart && other.to > time.from - apart)) continue;
        taken.push(time);
        return time;
      }
      return null;
    },
  };
}
