import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { defineTool } from "../../question/define-tool.ts";
import { explainMissing, type MissingEntry, missingFromFailure } from "../../question/gaps.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { byDay, support } from "../../question/reads.ts";
import { formatDay, joinSentences, round } from "../../words/present.ts";
import { type Cell, table, tableShape } from "../../words/table.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { addOldTags, countRequests, readKinds, readOldTags, touches } from "./read-events.ts";
import { type EventKind, eventKinds, type RingEvent } from "./ring-event.ts";
import { minutesOf, sayTotals, totalEvents, totalsTable } from "./totals.ts";
import { readWorkoutHeartRates, type WorkoutHeartRates } from "./workout-heart-rate.ts";

const limits = { maximumDays: 366, defaultDays: 7 };
/** The newest ones; totals cover all. */
const mostRows = 60;
/** The kinds, the days' own records, and what is left for the heart rate of workouts. */
const mostRequests = 10;

export const eventsTool = defineTool({
  name: "oura_get_events",
  title: "Ōura events",
  description:
    "What the wearer did and noted, on one timeline: workouts and exercise (running, cycling, walks, gym) with " +
    "duration, distance, calories and heart-rate range; meditation and breathing sessions; tags such as alcohol, " +
    "drinking or caffeine with their notes; rest mode. What have I done, when did I last, how many times, which " +
    "day. Their part in sleep: oura_find_influences.",
  input: z.strictObject({
    start_date: rangeParams.start_date.describe("First day. Default: 7 days up to end_date."),
    end_date: rangeParams.end_date.describe("Default: today. At most 366 days."),
    timezone: rangeParams.timezone,
    kinds: z.array(z.enum(eventKinds)).min(1).optional().describe("Default: all that are granted."),
    name: z.string().max(60).optional().describe("Only those called so, such as running."),
  }),
  output: { ...tableShape, totals: table },
  scopes: ["workout", "session", "tag", "daily", "heartrate"],
  days: (input, calendar) => oneRange(input, calendar, limits),
  tells: ["start_date", "end_date"],
  reads: (input) => ({
    events: readKinds("essential", kindsOf(input)),
    oldTags: readOldTags(kindsOf(input)),
    // Activity tells the wearer's zone and how far the ring has synced; without it the events tell the zone, and nothing
    // the sync.
    activity: support(byDay("daily_activity"), { what: "days' own records", under: "missing" }),
  }),
  mayFollow: "events",
  async answer({ input, range, data, gaps, panelUrl, readMore }) {
    const asked = kindsOf(input);
    const events = addOldTags(data.events, data.oldTags);
    const chosen = events.filter((event) => touches(event, range) && isCalled(event, input.name));
    const shown = chosen.slice(-mostRows);
    const heartRates = await readMore(readWorkoutHeartRates(shown, mostRequests - 1 - countRequests(asked)));
    if (heartRates.failure) gaps.add(missingFromFailure("heart rate of workouts", heartRates.failure, panelUrl));
    const totals = totalEvents(chosen);
    const kinds = data.events.kinds.filter(
      (kind) => kind !== "rest_mode" || totals.some((total) => total.kind === kind),
    );
    return {
      summary: joinSentences(
        `${sayRange(range)}${input.name === undefined ? "" : ", only those called as asked"}: ${sayTotals(input.kinds ?? kinds, totals)}.`,
        sayGaps(gaps.entries),
      ),
      ...eventTable(shown, heartRates),
      totals: totalsTable(totals),
      notes: [
        ...(chosen.length > shown.length
          ? [`The newest ${shown.length} of ${chosen.length} events are listed; totals count all. Ask a shorter range.`]
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

/** Oura writes some names in one word ("latemeal"), people do not: only letters and digits count. */
function isCalled({ what, wearerText }: RingEvent, name: string | undefined): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return name === undefined || [what, wearerText ?? ""].some((text) => letters(text).includes(letters(name)));
}

/** A column that nothing fills is left out. */
function eventTable(events: readonly RingEvent[], heartRates: WorkoutHeartRates) {
  const columns: { name: string; value(event: RingEvent): Cell }[] = [
    { name: "kind", value: ({ kind }) => kind },
    { name: "start", value: ({ startedAt }) => startedAt },
    { name: "what", value: ({ what }) => what },
    { name: "minutes", value: minutesOf },
    {
      name: "last_day",
      value: ({ day, lastDay }) => (lastDay === null ? "ongoing" : lastDay === day ? null : lastDay),
    },
    { name: "intensity", value: ({ intensity }) => intensity },
    { name: "mood", value: ({ mood }) => mood },
    { name: "distance_km", value: ({ distanceM }) => (distanceM === null ? null : round(distanceM / 1000, 1)) },
    { name: "kcal", value: ({ kcal }) => round(kcal) },
    { name: "hr_min_bpm", value: (event) => heartRates.of(event)?.minBpm ?? null },
    { name: "hr_mean_bpm", value: (event) => round(heartRates.of(event)?.meanBpm) },
    { name: "hr_max_bpm", value: (event) => heartRates.of(event)?.maxBpm ?? null },
    { name: "wearer_text", value: ({ wearerText }) => wearerText },
  ];
  const filled = columns.filter(({ value }, index) => index < 3 || events.some((event) => value(event) !== null));
  return {
    columns: filled.map(({ name }) => name),
    rows: events.map((event) => filled.map(({ value }) => value(event))),
  };
}

function sayRange({ start, end }: DayRange): string {
  return start === end ? formatDay(start) : `${formatDay(start)} to ${formatDay(end)}`;
}

function sayGaps(gaps: readonly MissingEntry[]): string | null {
  const refused = gaps.filter(({ reason }) => reason !== "not_synced" && reason !== "not_supported");
  return joinSentences(
    refused.length === 0
      ? null
      : `Could not be read: ${refused.map(({ what }) => what.replaceAll("_", " ")).join(", ")}; the reasons are under missing.`,
    explainMissing(gaps.filter((gap) => !refused.includes(gap))),
  );
}
