import { sampleCorrelation } from "simple-statistics";
import type { DayRange } from "../day.ts";
import { type DailySeries, dayNumbers, valueAt } from "../series.ts";

/** Something that may go with a night. */
export interface Factor {
  name: string;
  /** `yes_no`: happened before the night (1) or not (0); `amount`: how much. */
  kind: "yes_no" | "amount";
  /** By the day of waking up: what came before that night, never after. Null where that is not known. */
  beforeNight: DailySeries;
  /** Set for the weekend itself, which is otherwise taken out of every comparison. */
  isWeekend?: true;
}

/**
 * How much two factors fall on the same nights: the correlation of the nights both are known for. What comes together
 * cannot be told apart.
 * @returns From −1 to 1; 0 where one of them never changes.
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
