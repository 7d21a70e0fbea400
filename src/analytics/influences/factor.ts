import { sampleCorrelation } from "simple-statistics";
import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, valueAt } from "../series.ts";

/** Something before a night that may be associated with how the night turns out, such as alcohol or steps. */
export interface Factor {
  name: string;
  /**
   * With `yes_no`, the factor either occurred before a night (1) or did not (0). With `amount`, the value is a
   * quantity, such as a number of steps.
   */
  kind: "yes_no" | "amount";
  /**
   * The factor's value before each night, listed under the day of waking up. Only what happened before the night
   * counts. Null if the value is not known.
   */
  beforeNight: DailySeries;
  /**
   * Set only if this factor is the weekend. All other factors are compared with the weekend as a covariate, but the
   * weekend cannot be its own covariate.
   */
  isWeekend?: true;
}

/**
 * How much two factors (such as alcohol and late meals) occur before the same nights: the correlation of their values.
 * Only nights for which both values are known are used. The effects of strongly correlated factors cannot be separated.
 * @returns From −1 to 1. The result is 0 if one of the factors is constant, or if there are fewer than two nights.
 */
export function overlapOf(one: Factor, other: Factor, range: DayRange): number {
  const { first, last } = dayNumbers(range);
  const [left, right]: [number[], number[]] = [[], []];
  for (let day = first; day <= last; day++) {
    const [a, b] = [valueAt(one.beforeNight, day), valueAt(other.beforeNight, day)];
    if (a === null || b === null) continue;
    left.push(a);
    right.push(b);
  }
  if (left.length < 2) return 0;
  const correlation = sampleCorrelation(left, right);
  return Number.isFinite(correlation) ? correlation : 0;
}
