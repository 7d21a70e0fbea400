import { scaleLinear } from "d3-scale";
import { sayTick, unrollClock } from "../format.ts";
import { extentOf, type ValueScale } from "../frame.ts";

interface Unit {
  unit: string;
  decimals: number;
}

/**
 * Returns a function that moves clock times to within half a day of the first value, so that 23:50 and 00:10 are close
 * together. Values in other units stay unchanged.
 */
export function unrollAround(
  { unit }: Unit,
  values: readonly (number | null)[],
): (value: number | null) => number | null {
  if (unit !== "clock") return (value) => value;
  const around = values.find((value) => value !== null) ?? 0;
  return (value) => unrollClock(value, unit, around);
}

export function scaleFor(metric: Unit, values: readonly (number | null)[], range: [number, number]): ValueScale {
  const least = metric.unit === "clock" ? 60 : 2 / 10 ** metric.decimals;
  const scale = scaleLinear(extentOf(values, least) ?? [0, 1], range);
  return metric.unit === "clock" ? scale : scale.nice(4);
}

/**
 * The positions and labels of the marks on an axis: clock times at quarter, half or whole hours, and other units at
 * round numbers.
 */
export function ticksOf(metric: Unit, scale: ValueScale, count: number): { at: number[]; say(value: number): string } {
  const say = (value: number) => sayTick(value, metric);
  if (metric.unit !== "clock") return { at: scale.ticks(count), say };
  const [low = 0, high = 0] = scale.domain();
  const step = [15, 30, 60, 120, 240].find((minutes) => (high - low) / minutes <= count) ?? 480;
  const first = Math.ceil(low / step) * step;
  return { at: Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, index) => first + index * step), say };
}
