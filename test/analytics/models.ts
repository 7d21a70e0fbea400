import type { MetricModel } from "../../src/analytics/metric-model.ts";

/** A metric model for tests, similar to resting heart rate, with the given changes. */
export function modelWith(changes: Partial<MetricModel> = {}): MetricModel {
  return {
    transform: "none",
    change: "percent",
    percentAbove: 0,
    weekday: false,
    atNight: true,
    sdFloor: 1,
    prior: { of: "scale", sd: 2.3, phi: 0.4, slowShare: 0.15 },
    ...changes,
  };
}
