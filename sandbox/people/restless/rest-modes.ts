import type { DayNumber } from "../calendar.ts";
import type { Life } from "../life.ts";
import { randomFor } from "../random.ts";
import { type Span, within } from "../timeline.ts";

/** One rest mode in each stretch of so many days. */
const EVERY_DAYS = 73;

/** The restless person's rest mode on `day`, or `null`. */
export function restModeOn({ seed, timeline }: Life, day: DayNumber): Span | null {
  const stretch = Math.floor(day / EVERY_DAYS);
  const random = randomFor(seed, "rest-mode", stretch);
  const first = stretch * EVERY_DAYS + random.integer(0, EVERY_DAYS - 12);
  const span = { first, last: first + random.integer(1, 9) };
  return first >= timeline.firstDay && within(span, day) ? span : null;
}
