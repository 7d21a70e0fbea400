import { max, median, min } from "simple-statistics";
import { leastConcentration, onClock, summarizeClock, unroll } from "./circular.ts";

/**
 * When something (such as falling asleep) usually happens and how much its time varies. If this is not known, the
 * reason is given.
 */
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
      /** The concentration R, from 0.3 (times widely spread) to 1 (always the same minute). */
      concentration: number;
      /**
       * The times as minutes from the midnight that is nearest to the mean. A time before that midnight is negative.
       */
      line: readonly number[];
    }
  | { kind: "no_usual_time"; n: number; sd: number; concentration: number }
  | { kind: "too_few_nights"; n: number; needNights: number };

const leastNights = 7;

/**
 * From one clock time per night, describes when something (such as falling asleep) usually happens, and how much its
 * time varies.
 * @param minutes The clock times in minutes after midnight.
 * @param least With fewer nights than this, the result is `too_few_nights`.
 * @returns `no_usual_time` if the times are spread around the whole clock (concentration R below 0.3).
 * @example spreadOfClock([1430, 10, 1425, 15, 0, 1435, 20]) // { kind: "spread", mean: 2.1, sd: 12.2, earliest: 1425, … }
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
