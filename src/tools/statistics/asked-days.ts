import { dayNumber, type IsoDay, isoDay } from "../../analytics/day.ts";
import { type Ranking, rankDays } from "../../analytics/ranked-days.ts";
import { createSeries, type Observation } from "../../analytics/series.ts";
import { findStreaks, type Streaks } from "../../analytics/streaks.ts";
import { countAgainst } from "../../analytics/threshold-count.ts";
import { badInput } from "../../question/parse-input.ts";
import { sayValue } from "../../words/metric-words.ts";
import { type MeasuredMetric, placeOn } from "./measured-metric.ts";
import { isReversed, type Threshold, type Thresholds } from "./thresholds.ts";

/** The days whose values lie above or below a threshold, or between two thresholds. */
export interface Matches {
  thresholds: Thresholds;
  /** The days whose values lie on the requested side of the thresholds, in ascending order. */
  days: readonly Observation[];
  /**
   * The number of measured days with a value exactly at a threshold, whether or not the list `days` contains these
   * days.
   */
  equal: number;
  /**
   * The number of days that meet every asked threshold (above the lower one, below the upper one), if a value equal to a
   * threshold counts. `withoutEqual` is the same number if a value equal to a threshold does not count.
   */
  withEqual: number;
  withoutEqual: number;
}

/**
 * Returns a function that tells whether a value lies on the requested side of each threshold. The function expects
 * clock times as minutes on a line, on which 00:10 is later than 23:50.
 */
export function holdsOf(measured: MeasuredMetric, thresholds: Thresholds): (value: number) => boolean {
  const placed = placeThresholds(measured, thresholds);
  return (value) => liesWithin(value, placed);
}

function liesWithin(value: number, { above, below }: Thresholds): boolean {
  return (
    (above === null || value > above.value || (above.isIncluded && value === above.value)) &&
    (below === null || value < below.value || (below.isIncluded && value === below.value))
  );
}

export function matchDays(measured: MeasuredMetric, thresholds: Thresholds): Matches {
  const placed = placeThresholds(measured, thresholds);
  const { above, below } = placed;
  const strict = { above: above && { ...above, isIncluded: false }, below: below && { ...below, isIncluded: false } };
  const places = new Set([above, below].flatMap((one) => (one === null ? [] : [one.value])));
  const equal = [...places].reduce((sum, place) => {
    const { atLeast, above: beyond } = countAgainst(measured.days, place);
    return sum + atLeast - beyond;
  }, 0);
  const withoutEqual = measured.days.filter(({ value }) => liesWithin(value, strict)).length;
  return {
    thresholds,
    days: measured.days.filter(({ value }) => liesWithin(value, placed)),
    equal,
    withEqual: withoutEqual + equal,
    withoutEqual,
  };
}

/**
 * Converts thresholds that are clock times to minutes on a line around the usual time. The converted thresholds can be
 * compared with the metric's values, which are on the same line. Throws `bad_input` when no time on this line lies
 * between the two thresholds.
 */
function placeThresholds({ id, centre }: MeasuredMetric, { above, below }: Thresholds): Thresholds {
  if (centre === null) return { above, below };
  const place = (one: Threshold | null) => one && { ...one, value: placeOn(centre, one.value) };
  const placed = { above: place(above), below: place(below) };
  if (placed.above !== null && placed.below !== null && isReversed(placed))
    throw badInput(
      `above: around the usual ${sayValue(id, centre)}, no time lies after ${sayValue(id, placed.above.value)} and before ${sayValue(id, placed.below.value)}; swap them or ask for one of them.`,
    );
  return placed;
}

/**
 * Finds streaks (days in a row with values beyond the thresholds). A missing value of today does not end a streak if
 * the value is still to come, because today is not over or last night has not synced.
 */
export function streaksOf(
  measured: MeasuredMetric,
  thresholds: Thresholds,
  today: IsoDay,
  isTodayOpen: boolean,
): Streaks {
  const { days, first, last } = measured;
  const series = createSeries(days.map(({ day, value }) => [isoDay(day), value]));
  const isMeasured = days.at(-1)?.day === dayNumber(today);
  return findStreaks({
    series,
    first,
    last,
    holds: holdsOf(measured, thresholds),
    ...(isTodayOpen || !isMeasured ? { today: dayNumber(today) } : {}),
  });
}

/** A day of the ranking with its rank. Days with equal values share one rank. */
export interface RankedDay extends Observation {
  rank: number;
}

export function rankOf(
  { days }: MeasuredMetric,
  top: number,
  order: "highest" | "lowest",
): { ranked: readonly RankedDay[]; tiedAndLeftOut: number } {
  const ranking: Ranking = rankDays(days, top, order === "highest" ? "largest" : "smallest");
  return {
    ranked: ranking.top.map((one) => ({ ...one, rank: ranking.top.findIndex(({ value }) => value === one.value) + 1 })),
    tiedAndLeftOut: ranking.tiedAndLeftOut,
  };
}
