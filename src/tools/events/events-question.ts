import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { type Calendar, oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { readKinds, readOldTags } from "../../question/read-events.ts";
import { byDay, support } from "../../question/reads.ts";
import { type EventKind, eventKinds } from "../../question/ring-event.ts";
import { firstStep, latestReachDays } from "./read-latest.ts";

const limits = { maximumDays: 366, defaultDays: 7 };
const latestLimits = { ...limits, defaultDays: latestReachDays };
/** An answer lists at most this many events, the newest ones. Its totals count all events. */
export const mostRows = 60;

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

/**
 * The days that the question covers. If the question is about the newest events, these are the days in which the newest
 * events are searched for.
 */
export function eventDays(input: EventsInput, calendar: Calendar): [DayRange] {
  return oneRange(input, calendar, input.latest === undefined ? limits : latestLimits);
}

/**
 * What is read first for every question about events. For a question about the newest events, older days may be read
 * afterwards.
 */
export function eventReads(input: EventsInput) {
  // For a question about the newest events without a start date, only the newest days (`firstStep`) are read at first.
  const over = isSteppedBack(input) ? { over: firstStep } : {};
  return {
    events: readKinds("essential", kindsOf(input), over.over),
    oldTags: readOldTags(kindsOf(input), over.over),
    // The daily activity shows the wearer's time zone and the time of the last sync. If it cannot be read, the events
    // still show the time zone.
    activity: support(byDay("daily_activity", over), { what: "days' own records", under: "missing" }),
  };
}

/**
 * Whether the question is about the newest events and has no start date. In this case, the events are searched for
 * backwards from the last day.
 */
export function isSteppedBack(input: { latest?: number | undefined; start_date?: string | undefined }): boolean {
  return input.latest !== undefined && input.start_date === undefined;
}

export function kindsOf({ kinds }: { kinds?: readonly EventKind[] | undefined }): EventKind[] {
  return [...new Set(kinds ?? eventKinds)];
}
