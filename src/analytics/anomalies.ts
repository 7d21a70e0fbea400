import { type Alert, findAlerts } from "./alerts.ts";
import { type DayRange, type IsoDay, isoDay } from "./day.ts";
import type { Deviation } from "./deviation.ts";
import { type Flag, flagDays, type ScoredDay, scoreDays } from "./flags.ts";
import { countOrdinaryFlags, type OrdinaryCount } from "./ordinary-flags.ts";
import { type Sensitivity, type Thresholds, thresholdsOf } from "./sensitivity.ts";
import type { DailySeries } from "./series.ts";
import { findStrainedNights, type MetricHistory } from "./strained-nights.ts";
import { findTimeZoneChanges, type TimeZoneChange } from "./time-zone-change.ts";

export interface AnomalyQuestion {
  /**
   * The daily values of every available metric. They start 120 days ({@link historyDays}) before the range. Even a
   * question about a single metric needs the four metrics of strain: they show which nights look like an illness, and
   * these nights are left out when usual values are computed.
   */
  histories: readonly MetricHistory[];
  /** The names of the metrics to report. If omitted, all metrics of `histories` are reported. */
  asked?: readonly string[];
  range: DayRange;
  sensitivity: Sensitivity;
  /** The UTC offset of each night, in minutes east of UTC. A change shows travel across time zones. */
  offsets?: DailySeries;
}

export interface MetricAnomalies {
  metric: string;
  days: readonly ScoredDay[];
  flags: readonly Flag[];
  /** Unusual nights after travel across time zones. They are not in `flags`, because the travel may explain them. */
  setAside: readonly Flag[];
  ordinary: OrdinaryCount;
  /** The number of measured days that cannot be judged, because too few of the days before them were measured. */
  formingDays: number;
  missingDays: number;
  /** The deviation of the last day of the range. */
  latest: Deviation;
}

export interface Anomalies {
  thresholds: Thresholds;
  metrics: readonly MetricAnomalies[];
  /** The number of unusual days to expect by chance alone, added up over all reported metrics. */
  expectedFlags: number;
  alerts: readonly Alert[];
  alertsSetAside: readonly Alert[];
  /** The number of nights for which the strain could be computed. Only these nights can have an alert. */
  nightsReadTogether: number;
  journeys: readonly TimeZoneChange[];
  /**
   * Days that look like an illness, also from before the range. They are left out when the usual values of later days
   * are computed.
   */
  guardedDays: readonly IsoDay[];
}

/**
 * Finds the unusual days of a range in two ways. Each metric is compared with its own past, and the signs of strain are
 * judged together. The result is neither an early detection of illness nor a diagnosis.
 * @example
 * const model = { transform: "none", weekday: false, atNight: true, sdFloor: 1 };
 * // Nights that alternate between 50 and 52 bpm, and one night of 60 bpm.
 * const values = Array.from({ length: 40 }, (_, night) => (night === 35 ? 60 : 50 + 2 * (night % 2)));
 * const histories = [{ metric: "resting_heart_rate", model, series: { firstDay: 20000, values } }];
 * const range = { start: isoDay(20030), end: isoDay(20039) };
 * const { metrics, alerts } = detectAnomalies({ histories, range, sensitivity: "medium" });
 * metrics[0].flags.map(({ day, z }) => ({ day, z })); // [{ day: "2024-11-08", z: 8.777… }]
 * alerts; // []
 */
export function detectAnomalies(question: AnomalyQuestion): Anomalies {
  const { histories, asked, range, sensitivity, offsets } = question;
  const thresholds = thresholdsOf[sensitivity];
  const { nights, guarded } = findStrainedNights(histories, range);
  const journeys = offsets ? findTimeZoneChanges(offsets, range) : [];
  const journeyDays = new Set(journeys.map(({ day }) => isoDay(day)));
  const metrics = histories
    .filter(({ metric }) => asked === undefined || asked.includes(metric))
    .map((history) => scanMetric(history, range, thresholds.z, guarded, journeyDays));
  const alerts = findAlerts(nights, thresholds.alert);
  return {
    thresholds,
    metrics,
    expectedFlags: metrics.reduce((sum, { ordinary }) => sum + ordinary.expectedFlags, 0),
    alerts: alerts.filter(({ day }) => !journeyDays.has(day)),
    alertsSetAside: alerts.filter(({ day }) => journeyDays.has(day)),
    nightsReadTogether: nights.filter(({ strain }) => strain !== null).length,
    journeys,
    guardedDays: [...guarded].map(isoDay),
  };
}

function scanMetric(
  { metric, model, series }: MetricHistory,
  range: DayRange,
  threshold: number,
  guarded: ReadonlySet<number>,
  journeyDays: ReadonlySet<IsoDay>,
): MetricAnomalies {
  const days = scoreDays({ series, model }, range, guarded);
  const explained = (day: IsoDay) => model.atNight && journeyDays.has(day);
  const flags = flagDays(days, metric, model, threshold);
  const sizes = days.flatMap(({ deviation }) => (deviation.kind === "score" ? [deviation.baseline.n] : []));
  const count = (kind: Deviation["kind"]) => days.filter(({ deviation }) => deviation.kind === kind).length;
  return {
    metric,
    days,
    flags: flags.filter(({ day }) => !explained(day)),
    setAside: flags.filter(({ day }) => explained(day)),
    ordinary: countOrdinaryFlags(sizes, threshold),
    formingDays: count("too_little_history"),
    missingDays: count("no_value"),
    latest: days.at(-1)?.deviation ?? { kind: "no_value" },
  };
}
