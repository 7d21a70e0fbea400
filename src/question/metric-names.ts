import { type MetricId, metricIds, metrics } from "../oura/metrics.ts";

/** A name without case, spaces and signs: "Resting heart-rate" is "restingheartrate". */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Other names of a metric, by their letters. They say the same, so answers do not mention them. */
const otherNames: Readonly<Record<string, MetricId>> = {
  rhr: "resting_heart_rate",
  restinghr: "resting_heart_rate",
  rmssd: "hrv",
  sleepduration: "total_sleep",
  totalsleepduration: "total_sleep",
  bodytemperature: "temperature_deviation",
  respiratoryrate: "breathing_rate",
  efficiency: "sleep_efficiency",
  oxygensaturation: "spo2",
  rem: "rem_sleep",
  deep: "deep_sleep",
  sleeplatency: "latency",
  stepcount: "steps",
};

/** Wider words, of which one metric is taken. Answers say which. */
const widerNames: Readonly<Record<string, MetricId>> = {
  sleep: "sleep_score",
  readiness: "readiness_score",
  activity: "activity_score",
  stress: "stress_high",
  temperature: "temperature_deviation",
  heartrate: "resting_heart_rate",
};

/** The metric that a name means, and whether the name is wider than the metric; null when it means none. */
export function findMetric(name: string): { id: MetricId; isWider: boolean } | null {
  const letters = lettersOf(name);
  const same =
    metricIds.find((id) => lettersOf(id) === letters || lettersOf(metrics[id].label) === letters) ??
    (Object.hasOwn(otherNames, letters) ? otherNames[letters] : undefined);
  if (same !== undefined) return { id: same, isWider: false };
  const wider = Object.hasOwn(widerNames, letters) ? widerNames[letters] : undefined;
  return wider === undefined ? null : { id: wider, isWider: true };
}
