import { DAY, type DayNumber, type Instant, isoDay } from "./calendar.ts";
import type { Life } from "./life.ts";
import { within } from "./timeline.ts";

export type OuraDocument = { readonly [field: string]: unknown };

/** A document and the instant Oura's date filter compares with the bounds of a query. */
export interface Placed {
  anchor: Instant;
  document: OuraDocument;
}

/** The anchor of documents that belong to a whole day: midnight UTC of that date, in every time zone. */
export function dayAnchor(day: DayNumber): Instant {
  return day * DAY;
}

/** The same midnight as a document shows it: while travelling with the phone's offset, so its date can be a day off. */
export function dayStamp(life: Life, day: DayNumber): string {
  return within(life.timeline.trip, day)
    ? life.calendar.stamp(life.zoneOn(day), dayAnchor(day))
    : `${isoDay(day)}T00:00:00.000+00:00`;
}
