import type { MetricModel } from "../../src/analytics/metric-model.ts";

/** Models for tests: a plain one like resting heart rate, with what a test changes. */
export function modelWith(changes: Partial<MetricModel> = {}): MetricModel {
  return {
    transform: "none",
    change: "percent",
    percentAbove: 0,
    weekday: false,
    atNight: true,
    sdFloor: 1,
    ...changes,
  };
}
