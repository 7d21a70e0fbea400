import { activityStart } from "../activity-day.ts";
import { DAY, type DayNumber, type Instant, MINUTE, SECOND } from "../calendar.ts";
import { stagesOf } from "../hypnogram.ts";
import type { Life } from "../life.ts";
import { chargeOn } from "../ring-battery.ts";
import { wornOn } from "../wear.ts";
import { dayPlan } from "./day-plan.ts";
import { live, type Slept, sleptOn } from "./lived-sleep.ts";
import { type Walked, walkedOn } from "./lived-steps.ts";
import { offIntervals } from "./off-finger.ts";

/** A sleep from first to last, in seconds. A time up in between is no sleep. */
export interface LivedSleep {
  start: Instant;
  end: Instant;
  asleep: number;
  deep: number;
  light: number;
  rem: number;
}

/** What happened to the restless person on a day, whatever documents the ring and Oura make of it. */
export interface LivedDay {
  /** `null` without a night that counts: no ring, or only a short sleep that Oura does not score. */
  night: LivedSleep | null;
  secondSleep: LivedSleep | null;
  /** Short sleeps besides the night; their sleep day is this day. */
  naps: LivedSleep[];
  /** Seconds of the activity day, from 04:00 to 04:00, without the ring on the finger. */
  offFinger: number;
  /** When that was; the times may reach into the days around it. */
  offTimes: readonly (readonly [from: Instant, to: Instant])[];
  steps: Walked[];
}

export function livedDay(life: Life, day: DayNumber): LivedDay {
  const slept = sleptOn(life, day);
  const of = (part: string): Slept[] => slept.filter((stretch) => stretch.part === part);
  return {
    night: together(of("night")),
    secondSleep: together(of("second_sleep")),
    naps: [...of("short"), ...napsOf(life, day)].map((nap) => lived([nap])),
    ...(wornOn(life, day) ? offFingerOn(life, day) : wholeDay(life, day)),
    steps: wornOn(life, day) ? walkedOn(life, day) : [],
  };
}

/** Naps of this sleep day: those that begin on it, and the late ones of the day before. */
function napsOf(life: Life, day: DayNumber): Slept[] {
  const of = (calendarDay: DayNumber, kind: string): Slept[] =>
    dayPlan(life, calendarDay)
      .naps.filter((nap) => nap.kind === kind)
      .map((nap) => live(life, calendarDay, nap));
  return [...of(day - 1, "late_nap"), ...of(day, "sleep")];
}

function together(stretches: readonly Slept[]): LivedSleep | null {
  return stretches.length === 0 ? null : lived(stretches);
}

function lived(stretches: readonly Slept[]): LivedSleep {
  return {
    start: Math.min(...stretches.map(({ start }) => start)),
    end: Math.max(...stretches.map(({ end }) => end)),
    ...stagesOf(stretches.map(({ phases }) => phases()).join("")),
  };
}

function offFingerOn(life: Life, day: DayNumber): Pick<LivedDay, "offFinger" | "offTimes"> {
  const [first, last] = [activityStart(life, day), activityStart(life, day + 1)];
  const charge = chargeOn(life, day);
  const at = (minutes: number): Instant => life.calendar.instantAt(life.zoneOn(day), day, minutes);
  const offTimes = offIntervals(life, day);
  if (charge) offTimes.push([at(charge.from), at(charge.to)]);
  let offFinger = 0;
  for (let minute = first; minute < last; minute += MINUTE)
    if (offTimes.some(([from, to]) => minute >= from && minute < to)) offFinger += MINUTE / SECOND;
  return { offFinger, offTimes };
}

function wholeDay(life: Life, day: DayNumber): Pick<LivedDay, "offFinger" | "offTimes"> {
  return { offFinger: DAY / SECOND, offTimes: [[activityStart(life, day), activityStart(life, day + 1)]] };
}
