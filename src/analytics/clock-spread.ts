import { max, median, min } from "simple-statistics";
import { leastConcentration, onClock, summarizeClock, unroll } from "./circular.ts";

export type ClockSpread =
  | {
      kind: "spread";
      n: number;
      /** The circular mean, in minutes after midnight. */
      mean: number;
      median: number;
      /**
       * The earliest time, in minutes after midnight. Times are compared within the 24 hours centred on the mean. If
       * the mean is near midnight, 23:50 is therefore earlier than 00:10.
       */
      earliest: number;
      latest: number;
      /** The circular standard deviation in minutes. */
      sd: number;
      /** How concentrated the times are, from 0.3 (widely spread) to 1 (always the same minute). */
      concentration: number;
      /**
       * The times as minutes from the midnight that is nearest to the mean. A time before that midnight is negative.
       */
      line: readonly number[];
    }
  | { kind: "no_usual_time"; n: number; sd: number; concentration: number }
  | { kind: "too_few_nights"; n: number; needNights: number };

/** A week contains every weekday once. */
const leastNights = 7;

/**
 * From one clock time per night, describes when something usually happens, and how much its time varies.
 * @param minutes The clock times in minutes after midnight.
 * @param least With fewer nights than this, the result is `too_few_nights`.
 * @returns `no_usual_time` if the times are spread around the whole clock (concentration below 0.3).
 * @example
 * spreadOfClock([1430, 10, 1425, 15, 0, 1435, 20]);
 * // { kind: "spread", n: 7, mean: 2.142…, median: 0, earliest: 1425, latest: 20, sd: 12.207…, concentration: 0.998…,
 * //   line: [-10, 10, -15, 15, 0, -5, 20] }
 * spreadOfClock([1430, 10]); // { kind: "too_few_nights", n: 2, needNights: 7 }
 */
export function spreadOfClock(minutes: readonly number[], least = leastNights): ClockSpread {
  const n = minutes.length;
  if (n === 0 || n < least) return { kind: "too_few_nights", n, needNights: least };
  const { mean, sd, concentration } = summarizeClock(minutes);
  if (concentration < leastConcentration) return { kind: "no_usual_time", n, sd, concentration };
  const line = unroll(minutes, mean >= 720 ? mean - 1440 : mean);
  const [middle, earliest, latest] = [median(line), min(line), max(line)].map(onClock) as [number, number, number]; // 3 in, 3 out
  return { kind: "spread", n, mean, median: middle, earliest, latest, sd, concentration, line };
}
