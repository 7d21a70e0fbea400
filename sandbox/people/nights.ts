import { clamp } from "./arithmetic.ts";
import { type DayNumber, isWeekend } from "./calendar.ts";
import type { Life } from "./life.ts";
import { createDayMemo } from "./life-memo.ts";
import { physiologyOn } from "./physiology.ts";
import { randomFor } from "./random.ts";
import { nightPlan } from "./restless/night-plan.ts";
import { recordNight, scoredNight } from "./restless/ring-records.ts";
import { jitter, type SleepPeriod, sleepPeriod } from "./sleep-period.ts";
import { tagsOn } from "./tags.ts";
import { within } from "./timeline.ts";
import { wornOn } from "./wear.ts";

const nights = createDayMemo<readonly SleepPeriod[]>();
const mainNights = createDayMemo<SleepPeriod | null>();

/** What the ring recorded of the night that ends on `day`: nothing if it was off, several periods for a night in parts. */
export function nightPeriods(life: Life, day: DayNumber): readonly SleepPeriod[] {
  return nights.recall(life, day, () => {
    if (life.person.restless) return recordNight(life, day);
    return nightWornOn(life, day) ? [measureNight(life, day)] : [];
  });
}

/** The night that Oura scores, as one period; `null` without one. */
export function mainNight(life: Life, day: DayNumber): SleepPeriod | null {
  return mainNights.recall(life, day, () => {
    if (life.person.restless) return scoredNight(life, day, nightPeriods(life, day));
    return nightPeriods(life, day)[0] ?? null;
  });
}

/**
 * Whether the night that ends on `day` was measured. An unworn night has no document. The nights of the illness and the
 * last nights before the anchor are always measured, so that demonstrations have data.
 */
export function nightWornOn(life: Life, day: DayNumber): boolean {
  if (life.person.restless) return nightPlan(life, day).off === null;
  if (!wornOn(life, day) || life.timeline.offFinger.some((span) => span.last + 1 === day)) return false;
  if (within(life.timeline.illness, day) || Math.abs(day - life.timeline.anchorDay) <= 3) return true;
  return !randomFor(life.seed, "missed-night", day).chance(life.person.missedNights);
}

function measureNight(life: Life, day: DayNumber): SleepPeriod {
  const { person, calendar, seed, timeline } = life;
  const random = randomFor(seed, "night", day);
  const state = physiologyOn(life, day);
  const evening = tagsOn(life, day - 1);
  const zone = life.zoneOn(day);
  const restless = evening.alcohol || state.illness > 0.5 ? 1 : 0;
  // On the outbound night flight the wearer sleeps a few hours, late in the destination's night.
  const flight = timeline.trip !== null && day === timeline.trip.first + 1;
  const usualBedtime = person.body.bedtimeMinutes - 1_440 + (isWeekend(day) ? 45 : 0) + 32 * random.normal();
  const bedtime = flight ? 210 : clamp(usualBedtime, -115, 90);
  return sleepPeriod(
    {
      kind: "long_sleep",
      day,
      zone,
      start: jitter(calendar.instantAt(zone, day, Math.round(bedtime)), random),
      asleepSeconds: (flight ? 3.4 : state.sleepHours) * 3_600,
      efficiency: clamp(0.865 + 0.032 * random.normal() - 0.03 * restless, 0.74, 0.94),
      latencySeconds: clamp(480 * Math.exp(0.5 * random.normal()) + (evening.lateMeal ? 420 : 0), 120, 1_500),
      deepShare: clamp(0.165 + 0.03 * random.normal() - 0.02 * restless, 0.06, 0.26),
      remShare: clamp(0.18 + 0.03 * random.normal() - 0.02 * restless, 0.08, 0.27),
      restlessness: clamp(0.17 + 0.03 * random.normal() + 0.04 * restless, 0.08, 0.32),
      heart: { lowest: state.restingHeartRate, hrv: state.hrv },
      breath: state.breathsPerMinute,
    },
    seed,
  );
}
