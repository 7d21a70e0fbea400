import type { DayRange } from "./day.ts";
import { type Deviation, followDeviation } from "./deviation.ts";
import type { MetricModel } from "./metric-model.ts";
import { type DailySeries, dayNumbers } from "./series.ts";
import { alertValue, type StrainMetric, type StrainScores, strainMetrics, strainOf } from "./strain.ts";

/** A metric with its days: what every analysis of several metrics takes. */
export interface MetricHistory {
  metric: string;
  model: MetricModel;
  series: DailySeries;
}

/** The guard's memory starts this long before the first day asked for, so an answer depends on the range alone. */
export const historyDays = 120;

/** The same at every sensitivity: what counts as usual may not depend on how much somebody wants to be told. */
const guardThreshold = 2.5;

/** After this many in a row it is no passing illness but how things are now, and may become usual. */
const longestGuard = 10;

/** A strained night may be read together with one at most this many days earlier. */
const longestPause = 2;

/** The signs of one night taken together. */
export interface StrainedNight {
  /** Days since 1970-01-01. */
  day: number;
  scores: StrainScores;
  /** Null when fewer than two of the four metrics could be scored. */
  strain: number | null;
  alert: number | null;
}

export interface StrainedNights {
  /** Every day of the range, oldest first. */
  nights: readonly StrainedNight[];
  /** Days (numbers) that later baselines of every metric leave out, from 120 days before the range to its end. */
  guarded: ReadonlySet<number>;
}

/**
 * Walks forward from 120 days before the range, scores each night against the days before it and keeps strained ones
 * (alert value ≥ 2.5) out of later baselines, so that a fever does not become normal. Of such nights in a row only the
 * first ten are kept out, until a measured night falls below: so a lasting change does become normal.
 * @param histories Others than the four strain metrics are ignored; any of the four may be missing.
 */
export function findStrainedNights(histories: readonly MetricHistory[], range: DayRange): StrainedNights {
  const { first, last } = dayNumbers(range);
  const start = first - historyDays;
  const guarded = new Set<number>();
  const metrics = followStrain(histories, start, guarded);
  const nights: StrainedNight[] = [];
  let inRow = 0;
  let latest: { day: number; strain: number } | null = null;
  for (let day = start; day <= last; day++) {
    const scores: StrainScores = {};
    for (const [metric, deviationOf] of metrics) {
      const deviation = deviationOf(day);
      if (deviation.kind === "score") scores[metric] = deviation.z;
    }
    const strain = strainOf(scores);
    const previous: number | null = latest !== null && day - latest.day <= longestPause ? latest.strain : null;
    const alert = strain === null ? null : alertValue(strain, previous);
    if (strain !== null) latest = { day, strain };
    if (alert !== null) inRow = alert >= guardThreshold ? inRow + 1 : 0;
    if (alert !== null && inRow > 0 && inRow <= longestGuard) guarded.add(day);
    if (day >= first) nights.push({ day, scores, strain, alert });
  }
  return { nights, guarded };
}

/** For each strain metric at hand, a look-up of its deviation. */
function followStrain(
  histories: readonly MetricHistory[],
  start: number,
  guarded: ReadonlySet<number>,
): readonly (readonly [StrainMetric, (day: number) => Deviation])[] {
  return strainMetrics.flatMap((metric) => {
    const history = histories.find((candidate) => candidate.metric === metric);
    if (!history) return [];
    return [[metric, followDeviation(dropBefore(start, history.series), history.model, { guarded })] as const];
  });
}

/** More history at hand must not change an answer. */
function dropBefore(start: number, { firstDay, values }: DailySeries): DailySeries {
  return firstDay >= start ? { firstDay, values } : { firstDay: start, values: values.slice(start - firstDay) };
}
