import { onClock } from "./circular.ts";
import { type DailySeries, mapSeries } from "./series.ts";

/** The scale on which a metric's days are nearly normal: itself, ln x, ln(1 + x), or minutes round the clock. */
export type Transform = "none" | "ln" | "ln1p" | "clock";

/** How a change is said. Only the first two have a percentage. */
export type ChangeStyle = "percent" | "percent_and_points" | "points" | "minutes" | "absolute";

/** What the mathematics needs to know of a metric. */
export interface MetricModel {
  transform: Transform;
  change: ChangeStyle;
  /** In the metric's unit. At or below this base a percentage would be noise, so there is none. */
  percentAbove: number;
  /** Whether weekdays are told apart in a 60-day baseline. */
  weekday: boolean;
  /** Measured during sleep, so that a journey across time zones explains an unusual value. */
  atNight: boolean;
  /** The smallest SD believed, on the transformed scale (ln units, clock minutes): the sensor's own resolution. */
  sdFloor: number;
}

/**
 * A value on the scale the statistics work on; null where the scale has no place for it (ln of 0 steps).
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

/** e^700 is near the largest double; a range wider than that says nothing anyway. */
const largestExponent = 700;

/** The way back to the metric's unit. */
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
 * The smallest SD believed, in the metric's unit around a level: the floor of a logarithmic metric is a share of it.
 * @example sdFloorAt(50, { transform: "ln", sdFloor: 0.05, … }) // 2.5 ms
 */
export function sdFloorAt(level: number, { transform, sdFloor }: MetricModel): number {
  if (transform === "ln") return sdFloor * Math.abs(level);
  return transform === "ln1p" ? sdFloor * (1 + Math.abs(level)) : sdFloor;
}
