import type { MetricModel } from "./metric-model.ts";

/**
 * Why a difference has no percentage.
 * - `near_zero_base`: the value of which the percentage would be taken is near zero.
 * - `interval_scale`: the zero of the scale is arbitrary, as for clock times and for the temperature difference from
 *   the usual value.
 * - `already_percent`: the unit of the metric itself is percent.
 */
export type NoPercent = "near_zero_base" | "interval_scale" | "already_percent";

/**
 * A difference as a percentage of a base value, or the reason why there is no percentage.
 * @example
 * percentOf(-2, 50, { change: "percent", percentAbove: 0 }); // { percent: -4, noPercent: null }
 * percentOf(2, 0, { change: "percent", percentAbove: 0 }); // { percent: null, noPercent: "near_zero_base" }
 * percentOf(20, 1430, { change: "minutes", percentAbove: 0 }); // { percent: null, noPercent: "interval_scale" }
 */
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
