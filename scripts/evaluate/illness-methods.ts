import { mean, sampleStandardDeviation } from "simple-statistics";
import { findAlerts } from "../../src/analytics/alerts.ts";
import { dayNumber, isoDay } from "../../src/analytics/day.ts";
import { modelSeries } from "../../src/analytics/metric-model.ts";
import { thresholdsOf } from "../../src/analytics/sensitivity.ts";
import { observationsIn, valueAt } from "../../src/analytics/series.ts";
import { strainMetrics } from "../../src/analytics/strain.ts";
import { findStrainedNights } from "../../src/analytics/strained-nights.ts";
import { metrics } from "../../src/oura/metrics.ts";
import type { Alarms } from "./illness-score.ts";
import { generatedMetrics, type SyntheticPerson } from "./synthetic-person.ts";

/** The first days only make a baseline. */
export const unscoredDays = 60;

/** Ringbridge's second layer at its three sensitivities. */
export function alarmsTogether(person: SyntheticPerson): Record<"low" | "medium" | "high", Alarms> {
  const histories = strainMetrics.map((metric) => ({
    metric,
    model: metrics[metric].model,
    series: person.series[metric],
  }));
  const start = isoDay(person.firstDay + unscoredDays);
  const end = isoDay(person.firstDay + person.days - 1);
  const { nights } = findStrainedNights(histories, { start, end });
  const at = (sensitivity: keyof typeof thresholdsOf) =>
    findAlerts(nights, thresholdsOf[sensitivity].alert).map(({ day }) => dayNumber(day));
  return { low: at("low"), medium: at("medium"), high: at("high") };
}

/** The common way: mean and SD of the 30 days up to and including today, an alert when any metric has |z| ≥ 2. */
export function alarmsOfCommonWay(person: SyntheticPerson): Alarms {
  const scaled = generatedMetrics.map((metric) => modelSeries(person.series[metric], metrics[metric].model));
  const alarms: number[] = [];
  for (let day = person.firstDay + unscoredDays; day < person.firstDay + person.days; day++) {
    const isUnusual = scaled.some((series) => {
      const value = valueAt(series, day);
      const window = observationsIn(series, day - 29, day).map((observation) => observation.value);
      return (
        value !== null && window.length > 1 && Math.abs(value - mean(window)) >= 2 * sampleStandardDeviation(window)
      );
    });
    if (isUnusual) alarms.push(day);
  }
  return alarms;
}
