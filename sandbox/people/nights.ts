import { clamp } from "./arithmetic.ts";
import { type DayNumber, isWeekend } from "./calendar.ts";
import type { Life } from "./life.ts";
import { physiologyOn } from "./physiology.ts";
import { randomFor } from "./random.ts";
import { jitter, type SleepPeriod, sleepPeriod } from "./sleep-period.ts";
import { tagsOn } from "./tags.ts";
import { nightWornOn } from "./wear.ts";

/** The main sleep that ends in the morning of `day`, or `null` if the ring was off. */
export function mainNight(life: Life, day: DayNumber): SleepPeriod | null {
  return life.memos.nights.recall(day, () => (nightWornOn(life, day) ? measureNight(life, day) : null));
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
