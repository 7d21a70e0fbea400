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
   * All readable metrics with their history, from {@link historyDays} before the range. The strain metrics are needed
   * for every question, because strained nights are left out of every baseline.
   */
  histories: readonly MetricHistory[];
  /** Metrics to report; all of `histories` when omitted. */
  asked?: readonly string[];
  range: DayRange;
  sensitivity: Sensitivity;
  /** Minutes east of UTC by night, to detect travel. */
  offsets?: DailySeries;
}

/** The unusual days of one metric over the range. */
export interface MetricAnomalies {
  metric: string;
  /** Every day of the range, oldest first. */
  days: readonly ScoredDay[];
  flags: readonly Flag[];
  /**
   * Flags of nights after travel across time zones. They have a known reason, so they are not reported as anomalies.
   */
  setAside: readonly Flag[];
  ordinary: OrdinaryCount;
  /** Measured days with too little history to be judged. */
  formingDays: number;
  /** Days without a value. */
  missingDays: number;
  /** The deviation on the last day of the range. */
  latest: Deviation;
}

export interface Anomalies {
  thresholds: Thresholds;
  /** In the order of `histories`. */
  metrics: readonly MetricAnomalies[];
  /** The number of flags that ordinary days give, over all reported metrics. */
  expectedFlags: number;
  alerts: readonly Alert[];
  /** Alerts of nights after travel. */
  alertsSetAside: readonly Alert[];
  /** The number of nights on which at least two strain metrics could be scored. */
  nightsReadTogether: number;
  journeys: readonly TimeZoneChange[];
  /** Days left out of later baselines because they looked like illness, including some before the range. */
  guardedDays: readonly IsoDay[];
}

/**
 * Unusual days of a range in two layers: each metric against its own past, and the strain metrics together.
 * The result is no early detection and no diagnosis.
 * @example detectAnomalies({ histories, range: { start, end }, sensitivity: "medium" }).alerts
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
