import type { Observation } from "./series.ts";

export interface Ranking {
  /** The most extreme value comes first. Of days with equal values, the newest comes first. */
  top: readonly Observation[];
  /** The number of days outside `top` with the same value as the last day of `top`. */
  tiedAndLeftOut: number;
}

/**
 * Finds the `count` days with the largest values, or the `count` days with the smallest values.
 * @example
 * const steps = [{ day: 20000, value: 9000 }, { day: 20001, value: 9000 }, { day: 20002, value: 11000 }];
 * rankDays(steps, 2, "largest");
 * // { top: [{ day: 20002, value: 11000 }, { day: 20001, value: 9000 }], tiedAndLeftOut: 1 }
 */
export function rankDays(observations: readonly Observation[], count: number, end: "largest" | "smallest"): Ranking {
  const sign = end === "largest" ? 1 : -1;
  const ranked = observations.toSorted((one, other) => sign * (other.value - one.value) || other.day - one.day);
  const top = ranked.slice(0, count);
  const last = top.at(-1);
  return { top, tiedAndLeftOut: last ? ranked.slice(count).filter(({ value }) => value === last.value).length : 0 };
}
