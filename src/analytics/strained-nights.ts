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

export interface MetricHistory {
  metric: string;
  model: MetricModel;
  series: DailySeries;
}

/**
 * The search for strained nights starts this many days before the requested range. The number is fixed even when more
 * days are available, so that the results depend on the range alone.
 */
export const historyDays = 120;

/**
 * A night with at least this alert value looks like an illness. The limit does not depend on the sensitivity that a
 * person chooses, because the sensitivity must not change what counts as usual.
 */
const guardThreshold = 2.5;

/**
 * Whether a night causes an alert: its alert value reaches the threshold, and it has at least two signs of strain.
 * @example
 * isAlerting({ alert: 3, raised: 2 }, 2.8); // true
 * isAlerting({ alert: 3, raised: 1 }, 2.8); // false
 * isAlerting({ alert: null, raised: 2 }, 2.8); // false
 */
export function isAlerting({ alert, raised }: Pick<StrainedNight, "alert" | "raised">, threshold: number): boolean {
  return alert !== null && alert >= threshold && raised >= leastRaisedSigns;
}

/**
 * At most this many strained nights in a row are left out when usual values are computed. If strain lasts longer, it is
 * taken as a lasting change, and the later nights count as ordinary nights.
 */
const longestGuard = 10;

/**
 * The alert value of a night also uses the last measured night before it, if that night is at most this many days
 * earlier.
 */
const longestPause = 2;

export interface StrainedNight {
  day: number;
  scores: StrainScores;
  /** `strain` and the alert value `alert` are null when z is known for fewer than two metrics of strain. */
  strain: number | null;
  alert: number | null;
  /**
   * The number of metrics that are a sign of strain, on this night or on the previous night. The previous night counts
   * only if its strain is also a part of `alert`.
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
 * Finds strained nights, which look like an illness, by comparing each night with the days before it. A night is
 * strained when its alert value is at least 2.5 and at least two metrics are a sign of strain. Strained nights are left
 * out when the usual values of later days are computed, so that a fever does not become usual. Of consecutive strained
 * nights only the first ten are left out, so that a lasting change does become usual.
 * @param histories The four metrics of strain, of which any may be missing. Other metrics are ignored.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * // Resting heart rate rises and HRV falls in the nights 30 and 31.
 * const seriesOf = (usual, ill) => ({
 *   firstDay: 20000,
 *   values: Array.from({ length: 35 }, (_, night) => (night === 30 || night === 31 ? ill : usual + 2 * (night % 2))),
 * });
 * const histories = [
 *   { metric: "resting_heart_rate", model, series: seriesOf(50, 62) },
 *   { metric: "hrv", model, series: seriesOf(60, 45) },
 * ];
 * const { nights, guarded } = findStrainedNights(histories, { start: isoDay(20029), end: isoDay(20032) });
 * // The alert value of night 32 still contains the strain of night 31.
 * nights.map(({ day, alert }) => [day, alert]); // [[20029, 0.69…], [20030, 2.54…], [20031, 4.38…], [20032, 2.53…]]
 * guarded; // Set [20030, 20031, 20032]
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
 * Removes the values before `start`. If they were kept, the number of days that happen to be available before `start`
 * would influence what counts as usual.
 */
function dropBefore(start: number, { firstDay, values }: DailySeries): DailySeries {
  return firstDay >= start ? { firstDay, values } : { firstDay: start, values: values.slice(start - firstDay) };
}
