import type { DayNumber, Instant } from "./calendar.ts";
import type { Life } from "./life.ts";
import { createDayMemo } from "./life-memo.ts";
import { nightPeriods } from "./nights.ts";
import { physiologyOn } from "./physiology.ts";
import { randomFor } from "./random.ts";
import { recordNaps } from "./restless/ring-records.ts";
import { jitter, SLEEP_DAY_CHANGE, type SleepKind, type SleepPeriod, sleepPeriod } from "./sleep-period.ts";
import { wornOn } from "./wear.ts";

const naps = createDayMemo<readonly SleepPeriod[]>();

interface NapPlan {
  kind: SleepKind;
  startMinutes: number;
  asleepMinutes: number;
}

/** Every sleep period whose document carries `day`, in order of their ends. */
export function sleepPeriodsOn(life: Life, day: DayNumber): SleepPeriod[] {
  return [...daytimeSleeps(life, day - 1), ...nightPeriods(life, day), ...daytimeSleeps(life, day)]
    .filter((period) => period.day === day)
    .sort((a, b) => a.end - b.end);
}

/** Naps and false detections that start on calendar day `day`; late ones belong to the next sleep day. */
export function daytimeSleeps(life: Life, day: DayNumber): readonly SleepPeriod[] {
  return naps.recall(life, day, () => recordedNaps(life, day));
}

function recordedNaps(life: Life, day: DayNumber): SleepPeriod[] {
  if (life.person.restless) return recordNaps(life, day);
  if (!wornOn(life, day) || isDeparture(life, day)) return [];
  const zone = life.zoneOn(day);
  return planNaps(life, day).map((plan, index) => {
    const random = randomFor(life.seed, "nap", day, index);
    const start = jitter(life.calendar.instantAt(zone, day, plan.startMinutes), random);
    const measured = plan.kind !== "deleted" && random.chance(0.5);
    const state = physiologyOn(life, day);
    const period = sleepPeriod(
      {
        kind: plan.kind,
        day,
        zone,
        start,
        asleepSeconds: plan.asleepMinutes * 60,
        efficiency: random.between(0.62, 0.9),
        latencySeconds: random.integer(2, 16) * 30,
        deepShare: random.between(0, 0.15),
        remShare: random.between(0, 0.1),
        restlessness: random.between(0.15, 0.3),
        heart: measured ? { lowest: state.restingHeartRate + random.between(3, 9), hrv: state.hrv * 0.85 } : null,
        breath: measured ? state.breathsPerMinute + random.between(-0.5, 0.8) : null,
      },
      life.seed,
    );
    return { ...period, day: sleepDay(life, zone, period.end) };
  });
}

/** The sleep day of a period that ends at `end`: from 18:00 to 18:00 local time. */
function sleepDay(life: Life, zone: string, end: Instant): DayNumber {
  const day = life.calendar.dayAt(zone, end);
  return life.calendar.minutesAt(zone, end) >= SLEEP_DAY_CHANGE ? day + 1 : day;
}

/** Whether a trip starts on `day`. The wearer is travelling: no naps, workouts or evening habits. */
export function isDeparture(life: Life, day: DayNumber): boolean {
  return life.timeline.trip?.first === day;
}

/** Planned naps never overlap. Workouts call this to avoid them. */
export function planNaps(life: Life, day: DayNumber): NapPlan[] {
  const random = randomFor(life.seed, "naps", day);
  const plans: NapPlan[] = [];
  const sick = physiologyOn(life, day).illness > 0.5;
  if (random.chance(0.03)) plans.push({ kind: "deleted", startMinutes: 690, asleepMinutes: random.integer(4, 14) });
  const late = random.chance(0.035);
  if (random.chance(sick ? 0.7 : 0.16)) {
    // Half of the naps Oura detects contain almost no sleep.
    const asleepMinutes = random.chance(0.25) ? random.integer(2, 14) : random.integer(16, 70);
    plans.push({ kind: "sleep", startMinutes: random.integer(830, 880), asleepMinutes });
    if (random.chance(0.12)) {
      plans.push({ kind: "sleep", startMinutes: random.integer(1_005, 1_015), asleepMinutes: random.integer(8, 25) });
    }
  }
  if (late)
    plans.push({ kind: "late_nap", startMinutes: random.integer(1_068, 1_080), asleepMinutes: random.integer(18, 45) });
  if (random.chance(0.07)) plans.push({ kind: "rest", startMinutes: 1_235, asleepMinutes: random.integer(3, 16) });
  return plans;
}
