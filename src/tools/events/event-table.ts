import type { RingEvent } from "../../question/ring-event.ts";
import { round } from "../../words/present.ts";
import { type Cell, table, tableShape } from "../../words/table.ts";
import { type EventTotal, minutesOf, totalsTable } from "./totals.ts";
import type { WorkoutHeartRates } from "./workout-heart-rate.ts";

export const eventTables = { ...tableShape, totals: table };

export function fillTables(events: readonly RingEvent[], heartRates: WorkoutHeartRates, totals: readonly EventTotal[]) {
  return { ...eventTable(events, heartRates), totals: totalsTable(totals) };
}

/** Makes a table of the events. A column that is empty for all events is left out. */
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
  const filled = columns.filter(({ value }) => events.some((event) => value(event) !== null));
  return {
    columns: filled.map(({ name }) => name),
    rows: events.map((event) => filled.map(({ value }) => value(event))),
  };
}
