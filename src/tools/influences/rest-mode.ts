import { type DayRange, dayNumber, listDays } from "../../analytics/day.ts";
import type { MetricHistory } from "../../analytics/strained-nights.ts";
import { overlapsDays } from "../events/read-events.ts";
import type { RingEvent } from "../events/ring-event.ts";

/**
 * The outcomes without the nights in rest mode. A person who is ill does less and sleeps worse, so that the habits they
 * skip would seem to help.
 */
export function leaveOutRestMode(
  outcomes: readonly MetricHistory[],
  events: readonly RingEvent[],
  range: DayRange,
): { outcomes: MetricHistory[]; nightsAtRest: number } {
  const periods = events.filter(({ kind }) => kind === "rest_mode");
  if (periods.length === 0) return { outcomes: [...outcomes], nightsAtRest: 0 };
  const atRest = new Set(
    listDays(range)
      .filter((day) => periods.some((period) => overlapsDays(period, { start: day, end: day })))
      .map(dayNumber),
  );
  return {
    outcomes: outcomes.map((outcome) => ({
      ...outcome,
      series: {
        firstDay: outcome.series.firstDay,
        values: outcome.series.values.map((value, index) =>
          atRest.has(outcome.series.firstDay + index) ? null : value,
        ),
      },
    })),
    nightsAtRest: new Set(outcomes.flatMap(({ series }) => nightsWithin(series, atRest))).size,
  };
}

/** The days of a series that are in the set and have a value: a day without a night has none to leave out. */
function nightsWithin({ firstDay, values }: MetricHistory["series"], days: ReadonlySet<number>): number[] {
  return values.flatMap((value, index) => (value !== null && days.has(firstDay + index) ? [firstDay + index] : []));
}
