import { dayNumber, type IsoDay, isoDay } from "../../analytics/day.ts";
import { type Ranking, rankDays } from "../../analytics/ranked-days.ts";
import { createSeries, type Observation } from "../../analytics/series.ts";
import { findStreaks, type Streaks } from "../../analytics/streaks.ts";
import { countAgainst } from "../../analytics/threshold-count.ts";
import { badInput } from "../../question/parse-input.ts";
import { roundingOf, sayValue } from "../../words/metric-words.ts";
import { type MeasuredMetric, placeOn } from "./measured-metric.ts";
import { isReversed, type Threshold, type Thresholds } from "./thresholds.ts";

export interface Matches {
  thresholds: Thresholds;
  days: readonly Observation[];
  /** The measured days with a value exactly at a threshold, whether or not `days` contains them. */
  equal: number;
  /**
   * The number of days whose values lie between the thresholds. A value equal to a threshold is counted too.
   * `withoutEqual` is the same number without the values equal to a threshold.
   */
  withEqual: number;
  withoutEqual: number;
}

/**
 * Whether a value lies on the requested side of each threshold. The value is rounded first as the answer shows it, so
 * that a night shown with 6 h 0 min does not count as below 6 hours. Clock times must be minutes on a line, on which 00:10
 * is later than 23:50.
 */
export function holdsOf(measured: MeasuredMetric, thresholds: Thresholds): (value: number) => boolean {
  const placed = placeThresholds(measured, thresholds);
  const shown = roundingOf(measured.id);
  return (value) => liesWithin(shown(value), placed);
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
  const shown = roundingOf(measured.id);
  const rounded = measured.days.map(({ day, value }) => ({ day, value: shown(value) }));
  const places = new Set([above, below].flatMap((one) => (one === null ? [] : [one.value])));
  const equal = [...places].reduce((sum, place) => {
    const { atLeast, above: beyond } = countAgainst(rounded, place);
    return sum + atLeast - beyond;
  }, 0);
  const withoutEqual = rounded.filter(({ value }) => liesWithin(value, strict)).length;
  return {
    thresholds,
    days: rounded.filter(({ value }) => liesWithin(value, placed)),
    equal,
    withEqual: withoutEqual + equal,
    withoutEqual,
  };
}

/**
 * Puts thresholds that are clock times on the line of the metric's values: minutes around the usual time. Throws
 * `bad_input` when no time on this line lies between the two thresholds.
 */
function placeThresholds({ id, centre }: MeasuredMetric, { above, below }: Thresholds): Thresholds {
  if (centre === null) return { above, below };
  // A threshold is compared with values that are whole minutes. `placeOn` returns a number with a rounding error, so
  // the number is rounded to whole minutes too.
  const place = (one: Threshold | null) => one && { ...one, value: Math.round(placeOn(centre, one.value)) };
  const placed = { above: place(above), below: place(below) };
  if (placed.above !== null && placed.below !== null && isReversed(placed))
    throw badInput(
      `above: around the usual ${sayValue(id, centre)}, no time lies after ${sayValue(id, placed.above.value)} and before ${sayValue(id, placed.below.value)}; swap them or ask for one of them.`,
    );
  return placed;
}

/**
 * Streaks are days in a row with values beyond the thresholds. A missing value of today does not end a streak if the
 * value is still to come, because today is not over or last night has not synced.
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

/** Days with equal values share one rank. */
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
