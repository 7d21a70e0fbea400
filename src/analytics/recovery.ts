import { type DailySeries, valueAt } from "./series.ts";

export type Recovery =
  | { kind: "recovered"; night: number }
  /**
   * The search ended before two measured nights in a row were inside the usual range. `night` is the last night that
   * was searched, and `because` is the reason why the search ended. Whether the metric came back later is not known.
   */
  | { kind: "censored"; night: number; because: "next_event" | "end_of_record" | "horizon" | "missing_nights" };

export interface RecoveryQuestion {
  series: DailySeries;
  /** The day number of the event. Night k is the day `event + k`. */
  event: number;
  /** The day number of the next event, or null if there is none. The search ends before that day. */
  nextEvent: number | null;
  /** The usual range of the metric. A value equal to `low` or `high` is in the range. */
  usual: { low: number; high: number };
  /** At most this many nights after the event are searched. The default is 14. */
  horizon?: number;
}

const defaultHorizon = 14;

/**
 * Finds the first night on which a metric is back in its usual range. A single night inside the range is no recovery.
 * Two measured nights in a row must be inside the range, with at most one missing night between them. The result is the
 * first of these two nights. The search ends at two missing nights in a row, at the next event, at the end of the data,
 * or at `horizon`.
 * @example
 * const series = { firstDay: 20006, values: [58, 50, 56, 51, null, 49] };
 * const usual = { low: 47, high: 52 };
 * recoverAfter({ series, event: 20005, nextEvent: null, usual }); // { kind: "recovered", night: 4 }
 * recoverAfter({ series, event: 20005, nextEvent: 20008, usual });
 * // { kind: "censored", night: 2, because: "next_event" }
 */
export function recoverAfter({
  series,
  event,
  nextEvent,
  usual: { low, high },
  horizon = defaultHorizon,
}: RecoveryQuestion): Recovery {
  const end = series.firstDay + series.values.length;
  let firstInside: number | null = null;
  let missing = 0;
  for (let night = 1; night <= horizon; night++) {
    const day = event + night;
    if (day >= end) return { kind: "censored", night: night - 1, because: "end_of_record" };
    if (nextEvent !== null && day >= nextEvent) return { kind: "censored", night: night - 1, because: "next_event" };
    const value = valueAt(series, day);
    if (value === null) {
      missing += 1;
      if (missing === 2) return { kind: "censored", night: night - 2, because: "missing_nights" };
      continue;
    }
    missing = 0;
    const isInside = value >= low && value <= high;
    if (isInside && firstInside !== null) return { kind: "recovered", night: firstInside };
    firstInside = isInside ? night : null;
  }
  return { kind: "censored", night: horizon, because: "horizon" };
}
