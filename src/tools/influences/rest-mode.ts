import { type DayRange, dayNumber, listDays } from "../../analytics/day.ts";
import type { MetricHistory } from "../../analytics/strained-nights.ts";
import { touches } from "../events/read-events.ts";
import type { RingEvent } from "../events/ring-event.ts";

/**
 * The outcomes without the nights the wearer had rest mode on. Somebody ill does less and sleeps differently: what they
 * left undone would look as if it had helped.
 */
export function leaveOutRestMode(
  outcomes: readonly MetricHistory[],
  events: readonly RingEvent[],
  range: DayRange,
): { outcomes: MetricHistory[]; nightsAtRest: number } {
  const periods = events.filter(({ kind }) => kind === "rest_mode");
  const atRest = new Set(
    listDays(range)
      .filter((day) => periods.some((period) => touches(period, { start: day, end: day })))
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
    nightsAtRest: atRest.size,
  };
}
