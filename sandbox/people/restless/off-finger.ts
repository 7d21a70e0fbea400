import type { DayNumber, Instant } from "../calendar.ts";
import type { Life } from "../life.ts";
import { dayPlan } from "./day-plan.ts";
import { nightPlan } from "./night-plan.ts";

export function offIntervals(life: Life, day: DayNumber): [Instant, Instant][] {
  return [
    { of: day, off: nightPlan(life, day).off },
    { of: day, off: dayPlan(life, day).off },
    { of: day + 1, off: nightPlan(life, day + 1).off },
  ].flatMap(({ of, off }) => {
    if (off === null) return [];
    const at = (minutes: number): Instant => life.calendar.instantAt(life.zoneOn(of), of, minutes);
    return [[at(off.from), at(off.to)]];
  });
}

export function isOffAt(life: Life, instant: Instant): boolean {
  const day = life.calendar.dayAt(life.person.zone, instant);
  return offIntervals(life, day).some(([from, to]) => instant >= from && instant < to);
}
