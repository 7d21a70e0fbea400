import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { type Calendar, oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { byDay, support } from "../../question/reads.ts";
import { readKinds, readOldTags } from "./read-events.ts";
import { firstStep, latestReachDays } from "./read-latest.ts";
import { type EventKind, eventKinds } from "./ring-event.ts";

const limits = { maximumDays: 366, defaultDays: 7 };
const latestLimits = { ...limits, defaultDays: latestReachDays };
/** The most events listed, the newest ones. Totals count all. */
export const mostRows = 60;

/** The input of a question about events. */
export const eventsInput = z.strictObject({
  start_date: rangeParams.start_date.describe("Default: 7 days."),
  end_date: rangeParams.end_date.describe("Default: today. Up to 366 days."),
  timezone: unpublishedTimezone,
  latest: z.number().int().min(1).max(mostRows).optional().describe("The newest so many, up to 360 days back."),
  kinds: z.array(z.enum(eventKinds)).min(1).optional().describe("Default: all."),
  name: z.string().max(60).optional().describe("A part of the name, such as running."),
  summary_only: z.boolean().default(false).describe("No rows."),
});
type EventsInput = z.output<typeof eventsInput>;

/** The days of the question; for the newest events those within which they are looked for. */
export function eventDays(input: EventsInput, calendar: Calendar): [DayRange] {
  return oneRange(input, calendar, input.latest === undefined ? limits : latestLimits);
}

/** What is read at once. */
export function eventReads(input: EventsInput) {
  // The newest are read back in steps, unless the question says from which day on.
  const over = isSteppedBack(input) ? { over: firstStep } : {};
  return {
    events: readKinds("essential", kindsOf(input), over.over),
    oldTags: readOldTags(kindsOf(input), over.over),
    // The daily activity shows the wearer's zone and how far the ring has synced. Without it, the events still show the
    // zone.
    activity: support(byDay("daily_activity", over), { what: "days' own records", under: "missing" }),
  };
}

/** Whether the newest events are looked for from the last day back, and not on stated days. */
export function isSteppedBack(input: { latest?: number | undefined; start_date?: string | undefined }): boolean {
  return input.latest !== undefined && input.start_date === undefined;
}

export function kindsOf({ kinds }: { kinds?: readonly EventKind[] | undefined }): EventKind[] {
  return [...new Set(kinds ?? eventKinds)];
}
