import { quantileSorted } from "simple-statistics";
import type { Observation } from "./series.ts";
import { sortNumbers } from "./winsorise.ts";

export interface Quartiles {
  lower: number;
  upper: number;
}

/** Three values or fewer can simply be listed, so quartiles would add nothing. */
const leastDaysForQuartiles = 4;

/**
 * The quartiles of the measured days, in the metric's unit. They are interpolated linearly between the sorted values
 * (type 7, the default of R). Null if fewer than four days were measured.
 * @example
 * const daysOf = (values) => values.map((value, index) => ({ day: 20000 + index, value }));
 * quartilesOf(daysOf([1, 2, 3, 4])); // { lower: 1.75, upper: 3.25 }
 * quartilesOf(daysOf([1, 2, 3])); // null
 */
export function quartilesOf(observations: readonly Observation[]): Quartiles | null {
  if (observations.length < leastDaysForQuartiles) return null;
  const sorted = sortNumbers(observations.map(({ value }) => value));
  return { lower: quantileSorted(sorted, 0.25), upper: quantileSorted(sorted, 0.75) };
}
