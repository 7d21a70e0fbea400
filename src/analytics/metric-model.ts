import { onClock } from "./circular.ts";
import type { PopulationPrior } from "./population-prior.ts";
import { type DailySeries, mapSeries } from "./series.ts";

/**
 * The transformation that makes a metric nearly normally distributed: none, ln x, ln(1 + x), or minutes on a 24-hour
 * clock.
 */
export type Transform = "none" | "ln" | "ln1p" | "clock";

/** How a change of a metric is expressed in an answer, for example in percent or in minutes. */
export type ChangeStyle = "percent" | "percent_and_points" | "points" | "minutes" | "absolute";

/** The statistical properties of one metric. */
export interface MetricModel {
  transform: Transform;
  change: ChangeStyle;
  /**
   * A change is given in percent only if the value before the change is above this limit, in the metric's unit. A
   * percentage of a value near 0 would be mostly noise.
   */
  percentAbove: number;
  /**
   * Whether the usual difference of each weekday from the mean of all days is subtracted when a day is compared with
   * the 60 days before, and when two periods are compared.
   */
  weekday: boolean;
  /** Whether the metric is measured during sleep. Such a metric can be unusual because of travel across time zones. */
  atNight: boolean;
  /**
   * The estimated SD of the metric is never below this limit, because the sensor cannot resolve smaller differences.
   * The limit is on the model scale (for example, in ln units or clock minutes).
   */
  sdFloor: number;
  /**
   * What is assumed about the metric before a person's measurements are known. The prior is used in comparisons of two
   * periods.
   */
  prior: MetricPrior;
}

/**
 * What is assumed about a metric before a person's measurements are known. `docs/analytics.md` gives the source of each
 * number.
 */
export interface MetricPrior extends PopulationPrior {
  /**
   * The scale on which two periods are compared. `scale` means the model scale (for example, the logarithm), and
   * `level` means the metric's own unit. With `scale`, `sd` (the SD of other people's days) is on the model scale. With
   * `level`, `sd` and the lower limit of the SD are shares of the metric's mean.
   */
  of: "scale" | "level";
}

/**
 * Converts a value to the model scale, on which the metric is nearly normal. Null if this scale is not defined for the
 * value, such as the logarithm of 0 steps.
 * @example toModelScale(50, "ln") // 3.912…
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
 * The largest argument for the exponential function. In double precision, e^710 is infinite. e^700 is far above any
 * real value of a metric.
 */
const largestExponent = 700;

/** Converts a value from the model scale to the metric's unit, as the inverse of {@link toModelScale}. */
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

/** Converts every value of a series to the model scale, on which the metric is nearly normal. */
export function modelSeries(series: DailySeries, { transform }: MetricModel): DailySeries {
  return transform === "none" ? series : mapSeries(series, (value) => toModelScale(value, transform));
}

/**
 * Converts the lower limit of the SD (`sdFloor`) from the model scale to the metric's unit. For a metric with a
 * logarithmic scale, the result is proportional to `level`.
 * @param level A typical value of the metric, in its unit.
 * @example sdFloorAt(50, { transform: "ln", sdFloor: 0.05, … }) // 2.5 ms
 */
export function sdFloorAt(level: number, { transform, sdFloor }: MetricModel): number {
  if (transform === "ln") return sdFloor * Math.abs(level);
  return transform === "ln1p" ? sdFloor * (1 + Math.abs(level)) : sdFloor;
}
