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

/**
 * A metric with its statistical model and its daily values. Analyses over several metrics take a list of these objects.
 */
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
 * Nights with at least this alert value look like an illness and are left out of later baselines (what is usual for a
 * metric). The value is the same for every sensitivity that a person may choose, because the sensitivity must not
 * change what counts as usual.
 */
const guardThreshold = 2.5;

/**
 * Whether a night causes an alert: its alert value reaches the threshold, and at least two signs of strain are raised.
 */
export function isAlerting({ alert, raised }: Pick<StrainedNight, "alert" | "raised">, threshold: number): boolean {
  return alert !== null && alert >= threshold && raised >= leastRaisedSigns;
}

/**
 * At most this many strained nights (nights that look like an illness) in a row are left out of baselines (what is
 * usual for a metric). Strain that lasts longer is taken as a lasting change, and its later nights enter the baselines.
 */
const longestGuard = 10;

/**
 * The alert value of a night also uses the last measured night before it, if that night is at most this many days
 * earlier.
 */
const longestPause = 2;

/** One night with its strain metrics (metrics that change under bodily strain), separate and combined. */
export interface StrainedNight {
  /** The day number of the night (days since 1970-01-01). */
  day: number;
  scores: StrainScores;
  /**
   * The strain of this night as one number. `strain` and `alert` are null when fewer than two of the four metrics could
   * be compared with what is usual.
   */
  strain: number | null;
  alert: number | null;
  /**
   * The number of metrics that show strain (at least one standard deviation from usual) on this night or on the
   * previous night that `alert` takes into account.
   */
  raised: number;
}

export interface StrainedNights {
  /** One entry for every day of the range, oldest first. */
  nights: readonly StrainedNight[];
  /**
   * The day numbers of nights that look like an illness, which later baselines of every metric leave out. They lie
   * between 120 days before the range and its end.
   */
  guarded: ReadonlySet<number>;
}

/**
 * Compares each night with the days before it, from 120 days before the range to the end of the range. A night is
 * strained when its alert value is at least 2.5 and at least two signs of strain are raised. Strained nights are left
 * out of later baselines, so that a fever does not become normal. Of consecutive strained nights only the first ten are
 * left out, so that a lasting change does become normal.
 * @param histories The daily values of the four strain metrics. Any of the four may be missing, and other metrics are
 * ignored.
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
 * Returns, for each strain metric that has data, a function that computes the metric's deviation from usual on a day.
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

/** Drops the days before `start`, because the result must not depend on how much earlier history is available. */
function dropBefore(start: number, { firstDay, values }: DailySeries): DailySeries {
  return firstDay >= start ? { firstDay, values } : { firstDay: start, values: values.slice(start - firstDay) };
}
