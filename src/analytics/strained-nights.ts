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

/** A metric with its statistical model and its daily values. */
export interface MetricHistory {
  metric: string;
  model: MetricModel;
  series: DailySeries;
}

/**
 * The search for strained nights (nights that look like an illness) starts this many days before the requested range.
 * The number is fixed even when more days are available, so that the results depend on the range alone.
 */
export const historyDays = 120;

/**
 * A night with at least this alert value looks like an illness. The alert value combines the strain (signs of illness,
 * as one number) of a night and the night before. Nights that look like an illness are left out when the usual values
 * of later days are computed. This limit does not depend on the sensitivity that a person chooses, because the
 * sensitivity must not change what counts as usual.
 */
const guardThreshold = 2.5;

/**
 * Whether a night causes an alert. The alert value must reach the threshold, and at least two metrics must show strain.
 */
export function isAlerting({ alert, raised }: Pick<StrainedNight, "alert" | "raised">, threshold: number): boolean {
  return alert !== null && alert >= threshold && raised >= leastRaisedSigns;
}

/**
 * At most this many strained nights (nights that look like an illness) in a row are left out when usual values are
 * computed. If strain lasts longer, it is taken as a lasting change, and the later nights count as ordinary nights.
 */
const longestGuard = 10;

/**
 * The alert value of a night also uses the last measured night before it, if that night is at most this many days
 * earlier.
 */
const longestPause = 2;

/** The strain (signs of illness) of one night, for each metric separately and as one number. */
export interface StrainedNight {
  /** The day number of the night (days since 1970-01-01). */
  day: number;
  scores: StrainScores;
  /**
   * The strain (signs of illness) of this night as one number. `strain` and `alert` are null when fewer than two of
   * resting heart rate, HRV, temperature and breathing rate could be compared with their usual values.
   */
  strain: number | null;
  alert: number | null;
  /**
   * The number of metrics that show strain on this night or on the previous night that is used for `alert` (the alert
   * value, which combines two nights). A metric shows strain if it is at least one standard deviation from its usual
   * value, in the direction in which strain changes it.
   */
  raised: number;
}

export interface StrainedNights {
  /** One entry for every day of the range, oldest first. */
  nights: readonly StrainedNight[];
  /**
   * The day numbers of nights that look like an illness, from 120 days before the range to its end. These nights are
   * left out when the usual values of later days are computed.
   */
  guarded: ReadonlySet<number>;
}

/**
 * Finds nights that look like an illness (strained nights) by comparing each night with the days before it. The search
 * starts 120 days before the range. A night is strained when its alert value is at least 2.5 and at least two metrics
 * show strain. The alert value combines the signs of illness of a night and the night before into one number. Strained
 * nights are left out when the usual values of later days are computed, so that a fever does not become usual. Of
 * consecutive strained nights only the first ten are left out, so that a lasting change does become usual.
 * @param histories The daily values of resting heart rate, HRV, temperature and breathing rate. Any of the four may be
 * missing. Other metrics are ignored.
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

/**
 * Returns one function for each of resting heart rate, HRV, temperature and breathing rate that has data. Each function
 * computes, for a day, how far the value of its metric is from the usual value.
 */
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

/**
 * Drops the days before `start` from a series. Otherwise, what counts as usual would depend on how many earlier days
 * are available.
 */
function dropBefore(start: number, { firstDay, values }: DailySeries): DailySeries {
  return firstDay >= start ? { firstDay, values } : { firstDay: start, values: values.slice(start - firstDay) };
}
