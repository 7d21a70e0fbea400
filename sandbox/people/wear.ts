import type { DayNumber } from "./calendar.ts";
import type { Life } from "./life.ts";
import { within } from "./timeline.ts";

export function wornOn(life: Life, day: DayNumber): boolean {
  const { person, timeline } = life;
  if (person.rings.length === 0 || day < timeline.firstDay) return false;
  return !timeline.offFinger.some((span) => within(span, day));
}
