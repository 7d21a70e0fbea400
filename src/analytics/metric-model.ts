import { onClock } from "./circular.ts";
import type { PopulationPrior } from "./population-prior.ts";
import { type DailySeries, mapSeries } from "./series.ts";

/**
 * The transformation to the model scale, on which a metric is nearly normally distributed: none, ln x, ln(1 + x), or
 * minutes on a 24-hour clock.
 */
export type Transform = "none" | "ln" | "ln1p" | "clock";

/** How an answer expresses a change of a metric. */
export type ChangeStyle = "percent" | "percent_and_points" | "points" | "minutes" | "absolute";

export interface MetricModel {
  transform: Transform;
  change: ChangeStyle;
  /**
   * A change is given in percent only if the value before the change is above this limit, in the metric's unit. A
   * percentage of a value near 0 would be mostly noise.
   */
  percentAbove: number;
  /** Whether weekday offsets are subtracted in baselines of 60 days and in comparisons of two periods. */
  weekday: boolean;
  /** Whether the metric is measured during sleep. Such a metric can be unusual because of travel across time zones. */
  atNight: boolean;
  /**
   * The lower limit of the metric's estimated SD, on the model scale. A smaller estimate is not believed, because the
   * sensor cannot resolve smaller differences.
   */
  sdFloor: number;
  prior: MetricPrior;
}

/**
 * What comparisons of two periods assume about a metric before a person's measurements are known. docs/analytics.md
 * gives the source of each number.
 */
export interface MetricPrior extends PopulationPrior {
  /**
   * The scale on which two periods are compared. `scale` is the model scale. `level` is the metric's own unit: the
   * prior's `sd` and the metric's `sdFloor` are then given as shares of the metric's mean.
   */
  of: "scale" | "level";
}

/**
 * Converts a value to the model scale. Null if this scale is not defined for the value.
 * @example
 * toModelScale(50, "ln"); // 3.912…
 * toModelScale(0, "ln"); // null
 */
export function toModelScale(value: number, transform: Transform): number | null {
  switch (transform) {
    case "none":
      return value;
    case "ln":
      return value > 0 ? Math.log(value) : null;
    case "ln1p":
      return value > -1 ? Math.log1p(value) : null;
    case "clock":
      return onClock(value);
  }
}

/**
 * The largest argument for the exponential function. e^710 is infinite in double precision, and e^700 is far above any
 * real value of a metric.
 */
const largestExponent = 700;

/**
 * Converts a value from the model scale to the metric's unit, as the inverse of {@link toModelScale}.
 * @example
 * fromModelScale(Math.log(50), "ln"); // 50
 * fromModelScale(1450, "clock"); // 10
 */
export function fromModelScale(value: number, transform: Transform): number {
  switch (transform) {
    case "none":
      return value;
    case "ln":
      return Math.exp(Math.min(value, largestExponent));
    case "ln1p":
      return Math.expm1(Math.min(value, largestExponent));
    case "clock":
      return onClock(value);
  }
}

/**
 * Converts every value of a series to the model scale.
 * @example modelSeries({ firstDay: 20000, values: [1, null, 0] }, { transform: "ln" }).values // [0, null, null]
 */
export function modelSeries(series: DailySeries, { transform }: MetricModel): DailySeries {
  return transform === "none" ? series : mapSeries(series, (value) => toModelScale(value, transform));
}

/**
 * Converts `sdFloor` from the model scale to the metric's unit. On a logarithmic scale, the result depends on `level`.
 * @param level A typical value of the metric, in its unit.
 * @example
 * sdFloorAt(50, { transform: "ln", sdFloor: 0.05 }); // 2.5
 * sdFloorAt(50, { transform: "none", sdFloor: 1 }); // 1
 */
export function sdFloorAt(level: number, { transform, sdFloor }: MetricModel): number {
  if (transform === "ln") return sdFloor * Math.abs(level);
  return transform === "ln1p" ? sdFloor * (1 + Math.abs(level)) : sdFloor;
}
