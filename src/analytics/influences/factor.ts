import { sampleCorrelation } from "simple-statistics";
import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, valueAt } from "../series.ts";

/** Something that may be associated with a night's outcome, such as alcohol or steps. */
export interface Factor {
  name: string;
  /** `yes_no`: happened before the night (1) or not (0); `amount`: how much. */
  kind: "yes_no" | "amount";
  /** By the day of waking up: its value before that night, never after. Null where it is not known. */
  beforeNight: DailySeries;
  /** Set for the weekend itself. In every other comparison the weekend is a covariate. */
  isWeekend?: true;
}

/**
 * How much two factors occur on the same nights: their correlation over the nights for which both are known. The
 * effects of strongly correlated factors cannot be separated.
 * @returns From −1 to 1; 0 where one of them is constant.
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
