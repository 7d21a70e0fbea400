import type { MetricModel } from "./metric-model.ts";

/**
 * Why there is no percentage: the base is near zero, the zero of the scale is arbitrary (°C from usual, clock times),
 * or the unit is a percentage already.
 */
export type NoPercent = "near_zero_base" | "interval_scale" | "already_percent";

/** A difference as a percentage of the base, or why there is none. */
export function percentOf(
  difference: number,
  base: number,
  { change, percentAbove }: MetricModel,
): { percent: number | null; noPercent: NoPercent | null } {
  if (change === "points") return { percent: null, noPercent: "already_percent" };
  if (change === "absolute" || change === "minutes") return { percent: null, noPercent: "interval_scale" };
  const percent = (100 * difference) / base;
  if (base <= percentAbove || !Number.isFinite(percent)) return { percent: null, noPercent: "near_zero_base" };
  return { percent, noPercent: null };
}
