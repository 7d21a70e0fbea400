import { onClock } from "./circular.ts";
import type { PopulationPrior } from "./residual-model.ts";
import { type DailySeries, mapSeries } from "./series.ts";

/** The scale on which a metric is nearly normally distributed: its own, ln x, ln(1 + x), or circular minutes. */
export type Transform = "none" | "ln" | "ln1p" | "clock";

/** How a change is expressed. Only the first two have a percentage. */
export type ChangeStyle = "percent" | "percent_and_points" | "points" | "minutes" | "absolute";

/** The statistical properties of a metric. */
export interface MetricModel {
  transform: Transform;
  change: ChangeStyle;
  /** In the metric's unit. For a base at or below it there is no percentage, because it would be noise. */
  percentAbove: number;
  /** Whether its values are weekday-adjusted, in baselines of 60 days and in comparisons. */
  weekday: boolean;
  /** Whether it is measured during sleep, so that travel across time zones explains an unusual value. */
  atNight: boolean;
  /** Lower limit of the SD, on the model scale (ln units, clock minutes): the resolution of the sensor. */
  sdFloor: number;
  /** What is known of other people, for comparisons of periods. */
  prior: MetricPrior;
}

/** The prior of a metric, in numbers that were chosen on other people's data. */
export interface MetricPrior extends PopulationPrior {
  /**
   * `scale`: periods are compared on the model scale, and `sd` is on it. `level`: they are compared in the metric's own
   * unit, so that the means are plain, and `sd` and the SD floor are shares of the level.
   */
  of: "scale" | "level";
}

/**
 * A value on the model scale; null where the scale is not defined for it (ln of 0 steps).
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

/** e^700 is near the largest double; a wider range has no meaning. */
const largestExponent = 700;

/** The inverse of {@link toModelScale}: a value in the metric's unit. */
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

/** The whole series on the model's scale. */
export function modelSeries(series: DailySeries, { transform }: MetricModel): DailySeries {
  return transform === "none" ? series : mapSeries(series, (value) => toModelScale(value, transform));
}

/**
 * The SD floor in the metric's unit at a level: the floor of a logarithmic metric is a share of the level.
 * @example sdFloorAt(50, { transform: "ln", sdFloor: 0.05, … }) // 2.5 ms
 */
export function sdFloorAt(level: number, { transform, sdFloor }: MetricModel): number {
  if (transform === "ln") return sdFloor * Math.abs(level);
  return transform === "ln1p" ? sdFloor * (1 + Math.abs(level)) : sdFloor;
}
