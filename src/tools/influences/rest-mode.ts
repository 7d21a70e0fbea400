import { type DayRange, dayNumber, listDays } from "../../analytics/day.ts";
import type { MetricHistory } from "../../analytics/strained-nights.ts";
import { overlapsDays } from "../../question/read-events.ts";
import type { RingEvent } from "../../question/ring-event.ts";

/**
 * Leaves out the nights in rest mode (Oura's mode for times of illness) and counts them. A person who is ill does less
 * and sleeps worse. If these nights were compared too, habits that an ill person gives up (such as workouts) would seem
 * to improve sleep.
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

/** Returns the days among `days` on which the metric has a value. A day without a recorded night has no value. */
function nightsWithin({ firstDay, values }: MetricHistory["series"], days: ReadonlySet<number>): number[] {
  return values.flatMap((value, index) => (value !== null && days.has(firstDay + index) ? [firstDay + index] : []));
}
