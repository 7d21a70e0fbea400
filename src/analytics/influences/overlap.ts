import { sampleCorrelation } from "simple-statistics";
import type { DayRange } from "../day.ts";
import { dayNumbers, valueAt } from "../series.ts";
import type { Factor } from "./factor.ts";

/**
 * If the correlation of two factors is at least this large (positive or negative), their effects cannot be told apart.
 * The limit is a convention. For two yes/no factors that each occur before half of the nights, a correlation of .4
 * means that both occur or both are absent before 70 % of the nights.
 */
export const notableOverlap = 0.4;

/**
 * Whether two factors, such as a tag and a late bedtime, are too closely related to tell their associations with an
 * outcome apart. This is so if both factors mostly occur before the same nights. It is also so if one of them mostly
 * occurs before the nights without the other one.
 * @example
 * const [alcohol, late] = [[0, 0, 1, 1], [0, 1, 1, 1]].map((values) => (
 *   { name: "", kind: "yes_no", beforeNight: { firstDay: dayNumber("2026-03-01"), values } }));
 * overlapMuch(alcohol, late, { start: "2026-03-01", end: "2026-03-04" }); // true
 */
export function overlapMuch(one: Factor, other: Factor, range: DayRange): boolean {
  return Math.abs(overlapOf(one, other, range)) >= notableOverlap;
}

/**
 * How strongly two factors occur together: the correlation of their values before the same nights. Only nights for
 * which both values are known are used.
 * @returns From −1 to 1. The result is 0 if one of the factors is constant, or if there are fewer than two nights.
 * @example
 * const [alcohol, late] = [[0, 0, 1, 1], [0, 1, 1, 1]].map((values) => (
 *   { name: "", kind: "yes_no", beforeNight: { firstDay: dayNumber("2026-03-01"), values } }));
 * overlapOf(alcohol, late, { start: "2026-03-01", end: "2026-03-04" }); // 0.5773502691896…
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
