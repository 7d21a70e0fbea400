import type { DayRange } from "./day.ts";
import { type Deviation, followDeviation } from "./deviation.ts";
import type { MetricModel } from "./metric-model.ts";
import { type DailySeries, dayNumbers } from "./series.ts";
import {
  alertValue,
  leastRaisedSigns,
  raisedSigns,
  type StrainMetric,
  type StrainScores,
  strainMetrics,
  strainOf,
} from "./strain.ts";

/** A metric with its model and daily values: the input of analyses over several metrics. */
export interface MetricHistory {
  metric: string;
  model: MetricModel;
  series: DailySeries;
}

/**
 * The search starts this many days before the range, whatever data is available, so that results depend only on the
 * range.
 */
export const historyDays = 120;

/** Nights with at least this alert value are left out of baselines. No sensitivity may change what counts as usual. */
const guardThreshold = 2.5;

/** Whether a night's alert value counts: it reaches the threshold, and several signs were raised. */
export function isAlerting({ alert, raised }: Pick<StrainedNight, "alert" | "raised">, threshold: number): boolean {
  return alert !== null && alert >= threshold && raised >= leastRaisedSigns;
}

/** After this many strained nights in a row, the change is taken as lasting and enters the baselines. */
const longestGuard = 10;

/** The previous night used for an alert value is at most this many days earlier. */
const longestPause = 2;

/** The strain metrics of one night combined. */
export interface StrainedNight {
  /** Days since 1970-01-01. */
  day: number;
  scores: StrainScores;
  /** Null when fewer than two of the four metrics could be scored. */
  strain: number | null;
  alert: number | null;
  /** How many signs were raised on this night or on the one that its alert value takes into account. */
  raised: number;
}

export interface StrainedNights {
  /** Every day of the range, oldest first. */
  nights: readonly StrainedNight[];
  /** Day numbers that later baselines of every metric leave out, from 120 days before the range to its end. */
  guarded: ReadonlySet<number>;
}

/**
 * Scores each night from 120 days before the range against the days before it. Strained nights (alert value ≥ 2.5, several signs raised) are
 * left out of later baselines, so that a fever does not become normal. Of consecutive strained nights only the first
 * ten are left out, so that a lasting change does become normal.
 * @param histories Others than the four strain metrics are ignored; any of the four may be missing.
 */
export function findStrainedNights(histories: readonly MetricHistory[], range: DayRange): StrainedNights {
  const { first, last } = dayNumbers(range);
  const start = first - historyDays;
  const guarded = new Set<number>();
  const metrics = followStrain(histories, start, guarded);
  const nights: StrainedNight[] = [];
  let inRow = 0;
  let latest: { day: number; strain: number; raised: readonly StrainMetric[] } | null = null;
  for (let day = start; day <= last; day++) {
    const scores: StrainScores = {};
    for (const [metric, deviationOf] of metrics) {
      const deviation = deviationOf(day);
      if (deviation.kind === "score") scores[metric] = deviation.z;
    }
    const strain = strainOf(scores);
    const previous: typeof latest = latest !== null && day - latest.day <= longestPause ? latest : null;
    const alert = strain === null ? null : alertValue(strain, previous?.strain ?? null);
    const signs = raisedSigns(scores);
    const raised = new Set([...signs, ...(previous?.raised ?? [])]).size;
    if (strain !== null) latest = { day, strain, raised: signs };
    if (alert !== null) inRow = isAlerting({ alert, raised }, guardThreshold) ? inRow + 1 : 0;
    if (alert !== null && inRow > 0 && inRow <= longestGuard) guarded.add(day);
    if (day >= first) nights.push({ day, scores, strain, alert, raised });
  }
  return { nights, guarded };
}

/** For each available strain metric, a function that returns its deviation on a day. */
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

/** Drops earlier days, because more available history must not change a result. */
function dropBefore(start: number, { firstDay, values }: DailySeries): DailySeries {
  return firstDay >= start ? { firstDay, values } : { firstDay: start, values: values.slice(start - firstDay) };
}
