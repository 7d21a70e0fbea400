import { max, median, min } from "simple-statistics";
import { leastConcentration, onClock, summarizeClock, unroll } from "./circular.ts";

/** When something usually happens and how much that varies, or why that cannot be said. */
export type ClockSpread =
  | {
      kind: "spread";
      n: number;
      /** Minutes after midnight. The earliest and latest are counted from half a day before the mean. */
      mean: number;
      median: number;
      earliest: number;
      latest: number;
      /** Minutes, circular. */
      sd: number;
      /** R, from 0.3 to 1. */
      concentration: number;
      /** The times on a line: minutes after the midnight nearest to the mean; the evening before it is negative. */
      line: readonly number[];
    }
  | { kind: "no_usual_time"; n: number; sd: number; concentration: number }
  | { kind: "too_few_nights"; n: number; needNights: number };

const leastNights = 7;

/**
 * The spread of clock times over the nights they were measured on.
 * @param minutes Minutes after midnight.
 * @returns `no_usual_time` where the times are spread round the whole clock (R below .3).
 * @example spreadOfClock([1430, 10, 1425, 15, 0, 1435, 20]) // { kind: "spread", mean: 2.1, sd: 12.2, earliest: 1425, … }
 */
export function spreadOfClock(minutes: readonly number[], least = leastNights): ClockSpread {
  const n = minutes.length;
  if (n === 0 || n < least) return { kind: "too_few_nights", n, needNights: least };
  const { mean, sd, concentration } = summarizeClock(minutes);
  if (concentration < leastConcentration) return { kind: "no_usual_time", n, sd, concentration };
  const line = unroll(minutes, mean >= 720 ? mean - 1440 : mean);
  const [middle, earliest, latest] = [median(line), min(line), max(line)].map(onClock) as [number, number, number]; // three in
  return { kind: "spread", n, mean, median: middle, earliest, latest, sd, concentration, line };
}
