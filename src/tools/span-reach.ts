import { addDays, type DayRange } from "../analytics/day.ts";

/** Rest mode and holidays last: one that began this long before the range may still reach into it. */
const spanReachDays = 35;

/** Where to look for what begins before the range and may still go on in it. */
export function spanReach(range: DayRange): DayRange {
  return { start: addDays(range.start, -spanReachDays), end: range.end };
}
