import * as z from "zod";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { byDay, support } from "../../question/reads.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { eventTables, fillTables } from "./event-table.ts";
import { addOldTags, chooseEvents, countRequests, readKinds, readOldTags } from "./read-events.ts";
import { type EventKind, eventKinds } from "./ring-event.ts";
import { summarizeEvents } from "./summarize-events.ts";
import { mostTotals, totalEvents } from "./totals.ts";
import { readWorkoutHeartRates } from "./workout-heart-rate.ts";

const limits = { maximumDays: 366, defaultDays: 7 };
/** The most events listed, the newest ones. Totals count all. */
const mostRows = 60;
/** Requests for the kinds of events, the daily activity, and with the rest the heart rate of workouts. */
const mostRequests = 10;

export const eventsTool = defineTool({
  name: "oura_get_events",
  title: "Ōura events",
  description:
    "Workouts, meditation and breathing sessions, tags with their notes, and rest mode, by time: start, length, " +
    "intensity, distance, calories, heart rate in workouts, and totals. How nights follow them: " +
    "oura_find_influences.",
  input: z.strictObject({
    start_date: rangeParams.start_date.describe("Default: 7 days."),
    end_date: rangeParams.end_date.describe("Default: today. Up to 366 days."),
    timezone: unpublishedTimezone,
    kinds: z.array(z.enum(eventKinds)).min(1).optional().describe("Default: all."),
    name: z.string().max(60).optional().describe("A part of the name, such as running."),
  }),
  output: eventTables,
  scopes: ["workout", "session", "tag", "daily", "heartrate"],
  days: (input, calendar) => oneRange(input, calendar, limits),
  dayFields: ["start_date", "end_date"],
  reads: (input) => ({
    events: readKinds("essential", kindsOf(input)),
    oldTags: readOldTags(kindsOf(input)),
    // The daily activity shows the wearer's zone and how far the ring has synced. Without it, the events still show the
    // zone.
    activity: support(byDay("daily_activity"), { what: "days' own records", under: "missing" }),
  }),
  arrivesWithSync: "events",
  async answer({ input, range, data, gaps, readMore }) {
    const asked = kindsOf(input);
    const chosen = chooseEvents(addOldTags(data.events, data.oldTags), range, input.name);
    const shown = chosen.slice(-mostRows);
    const heartRates = await readMore(readWorkoutHeartRates(shown, mostRequests - 1 - countRequests(asked)));
    if (heartRates.failure) gaps.addFailure("heart rate of workouts", heartRates.failure);
    const totals = totalEvents(chosen);
    const kinds = data.events.kinds.filter(
      (kind) => kind !== "rest_mode" || totals.some((total) => total.kind === kind),
    );
    return {
      summary: summarizeEvents(range, input.kinds ?? kinds, totals, input.name !== undefined, gaps.entries),
      ...fillTables(shown, heartRates, totals),
      notes: [
        ...(chosen.length > shown.length
          ? [`The newest ${shown.length} of ${chosen.length} events are listed; totals count all. Ask a shorter range.`]
          : []),
        ...(totals.length > mostTotals
          ? [`The ${mostTotals} most frequent of ${totals.length} totals are listed. Ask for one by its name.`]
          : []),
        ...(heartRates.isWhole && heartRates.all > heartRates.lookedUp
          ? [
              `Heart rate is given for ${heartRates.lookedUp} of ${heartRates.all} workouts, newest first. Ask ${asked.length > 1 ? "for workouts alone or " : ""}fewer days for the others.`,
            ]
          : []),
        ...(shown.some(({ wearerText }) => wearerText !== null) ? [wearerTextNote] : []),
      ],
    };
  },
});

function kindsOf({ kinds }: { kinds?: readonly EventKind[] | undefined }): EventKind[] {
  return [...new Set(kinds ?? eventKinds)];
}
