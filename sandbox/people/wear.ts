import type { DayNumber } from "./calendar.ts";
import type { Life } from "./life.ts";
import { randomFor } from "./random.ts";
import { within } from "./timeline.ts";

/** Whether the ring was on the finger at all on `day`. */
export function wornOn(life: Life, day: DayNumber): boolean {
  const { person, timeline } = life;
  if (person.rings.length === 0 || day < timeline.firstDay) return false;
  return !timeline.offFinger.some((span) => within(span, day));
}

/**
 * Whether the night that ends on `day` was measured. An unworn night has no document. The nights of the illness and the
 * last nights before the anchor are always measured, so that demonstrations have data.
 */
export function nightWornOn(life: Life, day: DayNumber): boolean {
  if (!wornOn(life, day) || life.timeline.offFinger.some((span) => span.last + 1 === day)) return false;
  if (within(life.timeline.illness, day) || Math.abs(day - life.timeline.anchorDay) <= 3) return true;
  return !randomFor(life.seed, "missed-night", day).chance(life.person.missedNights);
}
