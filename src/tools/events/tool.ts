import * as z from "zod";
import { type DayRange, formatDays, listDays } from "../../analytics/day.ts";
import { AppError, orFailure } from "../../errors.ts";
import { findRefusal } from "../../question/access.ts";
import {
  explainMissing,
  explainRing,
  type MissingEntry,
  missingEntry,
  missingFromFailure,
  reasonForDay,
} from "../../question/gaps.ts";
import { rangeParams } from "../../question/range-input.ts";
import { findRingLimit } from "../../question/ring-limits.ts";
import { formatDay, joinSentences, round } from "../../words/present.ts";
import { type Cell, table, tableShape } from "../../words/table.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { defineTool, type ToolContext } from "../legacy.ts";
import { type NewestRecord, newestKnown } from "../newest-record.ts";
import { guessRange, settleRange, type WearerRange } from "../wearer-range.ts";
import { countRequests, readEvents, touches } from "./read-events.ts";
import { eventKinds, type RingEvent } from "./ring-event.ts";
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
  output: z.object({
    summary: z.string(),
    start_date: z.string(),
    end_date: z.string(),
    ...tableShape,
    totals: table,
    missing: z.array(missingEntry),
    notes: z.array(z.string()),
  }),
  scopes: ["workout", "session", "tag", "daily", "heartrate"],
  async run(input, context) {
    const asked = [...new Set(input.kinds ?? eventKinds)];
    const { read } = guessRange(input, context, limits);
    const [{ events, kinds, missing }, days] = await Promise.all([
      readEvents(context, asked, read),
      readActivity(context, read),
    ]);
    const activity = days instanceof AppError ? [] : days;
    const settled = settleRange(input, context, { activity: [...activity, ...stampsOf(events)] }, limits);
    const { range } = settled;
    const chosen = events.filter((event) => touches(event, range) && isCalled(event, input.name));
    const shown = chosen.slice(-mostRows);
    const heartRates = await readWorkoutHeartRates(context, shown, mostRequests - 1 - countRequests(asked));
    const totals = totalEvents(chosen);
    const isNothing = chosen.length === 0 && activity.length === 0;
    const withoutRing = isNothing ? explainRing("events", await findRingLimit(context)) : null;
    const gaps = [
      ...missing,
      ...(withoutRing ? [withoutRing] : []),
      ...(days instanceof AppError
        ? [missingFromFailure("days' own records", days.failure, context.panelUrl)]
        : withoutRing
          ? []
          : findUnsynced(settled, activity, newestKnown(context, [...activity, ...events]))),
      ...describeHeartRates(heartRates, context.panelUrl),
    ];
    return {
      summary: joinSentences(
        `${sayRange(range)}${input.name === undefined ? "" : ", only those called as asked"}: ${sayTotals(input.kinds ?? kinds.filter((kind) => kind !== "rest_mode" || totals.some((total) => total.kind === kind)), totals)}.`,
        sayGaps(gaps),
      ),
      start_date: range.start,
      end_date: range.end,
      ...eventTable(shown, heartRates),
      totals: totalsTable(totals),
      missing: gaps,
      notes: [
        ...(chosen.length > shown.length
          ? [`The newest ${shown.length} of ${chosen.length} events are listed; totals count all. Ask a shorter range.`]
          : []),
        ...(heartRates.failure === null && heartRates.all > heartRates.lookedUp
          ? [
              `Heart rate is given for ${heartRates.lookedUp} of ${heartRates.all} workouts, newest first. Ask ${asked.length > 1 ? "for workouts alone or " : ""}fewer days for the others.`,
            ]
          : []),
        ...(shown.some(({ wearerText }) => wearerText !== null) ? [wearerTextNote] : []),
        ...(settled.zoneNote ? [settled.zoneNote] : []),
      ],
    };
  },
});

/** Activity tells the wearer's zone and how far the ring has synced; without it the events tell the zone, and nothing the sync. */
async function readActivity(context: ToolContext, range: DayRange) {
  if (findRefusal(context.access, ["daily"])) return [];
  return orFailure(context.reader.readDays("daily_activity", range));
}

function stampsOf(events: readonly RingEvent[]): { timestamp: string }[] {
  return events.filter(({ start }) => start !== null).map(({ startedAt }) => ({ timestamp: startedAt }));
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

/** Days whose events may still wait on the ring or the phone. A day without events is no gap. */
function findUnsynced(
  { range, today, maySync }: WearerRange,
  activity: readonly { day: RingEvent["day"] }[],
  newest: NewestRecord,
): MissingEntry[] {
  const known = new Set(activity.map(({ day }) => day));
  const waiting = listDays(range).filter(
    (day) => !known.has(day) && reasonForDay(day, { today, ...newest, maySync }) === "not_synced",
  );
  return waiting.length === 0 ? [] : [{ what: "events", days: formatDays(waiting), reason: "not_synced" }];
}

function describeHeartRates({ failure }: WorkoutHeartRates, panelUrl: string): MissingEntry[] {
  return failure === null ? [] : [missingFromFailure("heart rate of workouts", failure, panelUrl)];
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
