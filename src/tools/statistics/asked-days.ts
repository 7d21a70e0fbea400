import { countAgainst, type Ranking, rankDays } from "../../analytics/aggregates.ts";
import { dayNumber, type IsoDay, isoDay } from "../../analytics/day.ts";
import { createSeries, type Observation } from "../../analytics/series.ts";
import { findStreaks, type Streaks } from "../../analytics/streaks.ts";
import { badInput } from "../../question/parse-input.ts";
import { sayValue } from "../../words/metric-words.ts";
import { type MeasuredMetric, placeOn } from "./measured-metric.ts";
import type { Thresholds } from "./thresholds.ts";

/** The days on one side of a threshold, or between two. */
export interface Matches {
  thresholds: Thresholds;
  /** Ascending. */
  days: readonly Observation[];
  /** Measured days that are exactly at a threshold; they do not match. */
  equal: number;
}

/** Whether a value lies strictly above and strictly below what was asked, on the line of the metric's days. */
export function holdsOf(measured: MeasuredMetric, thresholds: Thresholds): (value: number) => boolean {
  const { above, below } = placeThresholds(measured, thresholds);
  return (value) => (above === null || value > above) && (below === null || value < below);
}

export function matchDays(measured: MeasuredMetric, thresholds: Thresholds): Matches {
  const holds = holdsOf(measured, thresholds);
  const placed = placeThresholds(measured, thresholds);
  const equal = [placed.above, placed.below].map((threshold) => {
    if (threshold === null) return 0;
    const { atLeast, above } = countAgainst(measured.days, threshold);
    return atLeast - above;
  });
  return {
    thresholds,
    days: measured.days.filter(({ value }) => holds(value)),
    equal: equal.reduce((sum, count) => sum + count, 0),
  };
}

/** Thresholds on the line of the days. A clock time lies within half a day of the usual one. */
function placeThresholds({ id, centre }: MeasuredMetric, { above, below }: Thresholds): Thresholds {
  if (centre === null) return { above, below };
  const place = (minute: number | null) => (minute === null ? null : placeOn(centre, minute));
  const placed = { above: place(above), below: place(below) };
  if (placed.above !== null && placed.below !== null && placed.above >= placed.below)
    throw badInput(
      `above: around the usual ${sayValue(id, centre)}, no time lies after ${sayValue(id, placed.above)} and before ${sayValue(id, placed.below)}; swap them or ask for one of them.`,
    );
  return placed;
}

/** Days in a row that match. A day that is not over breaks no streak; neither does a night that has not synced today. */
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

/** A day among the first, with its rank: equal values share one. */
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
