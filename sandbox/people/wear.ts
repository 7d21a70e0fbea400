import type { DayNumber } from "./calendar.ts";
import type { Life } from "./life.ts";
import { within } from "./timeline.ts";

/** Whether the ring was on the finger at all on `day`. */
export function wornOn(life: Life, day: DayNumber): boolean {
  const { person, timeline } = life;
  if (person.rings.length === 0 || day < timeline.firstDay) return false;
  return !timeline.offFinger.some((span) => within(span, day));
}
