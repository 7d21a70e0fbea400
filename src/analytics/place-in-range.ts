import { clockDifference } from "./circular.ts";
import type { MetricModel } from "./metric-model.ts";
import type { TypicalRange } from "./typical-range.ts";

export type Place = "below" | "usual" | "above";

/** Rounds a value to the precision with which answers show it. */
export type Rounding = (value: number) => number;

/**
 * Where a value lies relative to a usual range. The value and both limits are rounded first, so that the result agrees
 * with the numbers that an answer shows. A value equal to a limit after rounding is usual.
 * @param model A metric of clock times is compared on the circle, on which 00:10 is later than 23:50. For clock times,
 * "below" means earlier.
 * @param shown Rounds as the answer does. By default, nothing is rounded.
 * @example
 * const usual = { typical: 53, low: 50.2, high: 55.6 };
 * placeInRange(56, usual, { transform: "none" }); // "above"
 * placeInRange(56, usual, { transform: "none" }, Math.round); // "usual"
 */
export function placeInRange(
  value: number,
  { typical, low, high }: Pick<TypicalRange, "typical" | "low" | "high">,
  { transform }: Pick<MetricModel, "transform">,
  shown: Rounding = (exact) => exact,
): Place {
  const centre = shown(typical);
  const place = (one: number) => (transform === "clock" ? clockDifference(shown(one), centre) : shown(one));
  if (place(value) < place(low)) return "below";
  return place(value) > place(high) ? "above" : "usual";
}
