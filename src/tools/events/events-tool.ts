import { defineTool } from "../../question/define-tool.ts";
import { addOldTags, chooseEvents, countRequests } from "../../question/read-events.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { eventTables, fillTables } from "./event-table.ts";
import { eventDays, eventReads, eventsInput, isSteppedBack, kindsOf, mostRows } from "./events-question.ts";
import { readLatest } from "./read-latest.ts";
import { summarizeEvents, summarizeLatest } from "./summarize-events.ts";
import { mostTotals, totalEvents } from "./totals.ts";
import { readWorkoutHeartRates } from "./workout-heart-rate.ts";
import { sayZonesOfNewest } from "./zones-of-newest.ts";

/**
 * At most this many requests are sent to Oura for events, the daily activity and the heart rate of workouts together.
 * If the question is about the newest events, the search in earlier days may send further requests.
 */
const mostRequests = 10;

export const eventsTool = defineTool({
  name: "oura_get_events",
  title: "Ōura events",
  description:
    "Workouts, meditation and breathing sessions, tags with notes, and rest mode: start, length, intensity, distance, " +
    "calories, heart rate in workouts; totals, and the newest. How nights follow them: oura_find_influences.",
  input: eventsInput,
  output: eventTables,
  scopes: ["workout", "session", "tag", "daily"],
  partScopes: { heartrate: "heart rate in workouts", personal: "the age for heart-rate zones" },
  days: eventDays,
  dayFields: ["start_date", "end_date"],
  reads: eventReads,
  arrivesWithSync: "events",
  namesMissing: () => 3,
  async answer({ input, range, today, data, gaps, readMore }) {
    const asked = kindsOf(input);
    const { latest: count, name } = input;
    const read = { kinds: data.events.kinds, events: addOldTags(data.events, data.oldTags) };
    const ofRange = chooseEvents(read.events, range, undefined);
    const latest =
      count === undefined || !isSteppedBack(input)
        ? null
        : await readLatest({ count, name, end: range.end }, read, readMore);
    const chosen = latest?.events ?? chooseEvents(ofRange, range, name).slice(count === undefined ? 0 : -count);
    const shown = input.summary_only ? [] : chosen.slice(-mostRows);
    const heartRates = await readMore(readWorkoutHeartRates(shown, mostRequests - 1 - countRequests(asked)));
    if (heartRates.failure) gaps.addFailure("heart rate of workouts", heartRates.failure);
    const totals = totalEvents(chosen);
    const kinds =
      input.kinds ??
      data.events.kinds.filter((kind) => kind !== "rest_mode" || totals.some((total) => total.kind === kind));
    const zones = count === undefined ? null : await sayZonesOfNewest(shown, heartRates, readMore);
    const parts = { range, kinds, events: chosen, totals };
    return {
      summary:
        count === undefined
          ? summarizeEvents(parts, name, ofRange)
          : summarizeLatest(
              parts,
              latest ?? { events: chosen, readBackTo: range.start },
              { count, name, today, end: range.end },
              { zones: zones?.sentence ?? null, others: ofRange },
            ),
      ...fillTables(shown, heartRates, totals),
      notes: [
        ...(count === undefined ? [] : ["Rows and totals are of the newest only; leave latest out to count all."]),
        ...(zones?.notes ?? []),
        ...(chosen.length > shown.length && !input.summary_only
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
