import type { Observation } from "./series.ts";

export interface ThresholdCount {
  atLeast: number;
  above: number;
  below: number;
}

/**
 * Counts the measured days at or above a threshold, above it, and below it.
 * @example
 * const steps = [{ day: 20000, value: 9000 }, { day: 20001, value: 10000 }, { day: 20002, value: 11000 }];
 * countAgainst(steps, 10000); // { atLeast: 2, above: 1, below: 1 }
 */
export function countAgainst(observations: readonly Observation[], threshold: number): ThresholdCount {
  const count = (holds: (value: number) => boolean) => observations.filter(({ value }) => holds(value)).length;
  return {
    atLeast: count((value) => value >= threshold),
    above: count((value) => value > threshold),
    below: count((value) => value < threshold),
  };
}
