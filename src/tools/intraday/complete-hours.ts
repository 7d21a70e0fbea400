import type { UnreadStretch } from "../../oura/reader.ts";
import type { Hours } from "./heart-rate-gaps.ts";
import type { IntradayQuestion } from "./intraday-question.ts";
import { localTimeOf, refuseFuture, resolveInterval } from "./local-time.ts";
import { type ReadHours, readOutside } from "./read-heart-rate.ts";

/**
 * Reads the requested hours that `first` does not contain. The hours of `first` were computed with the wearer's last
 * known UTC offset, which may be wrong on a day of travel.
 */
export async function completeHours(asked: IntradayQuestion, first: ReadHours): Promise<Hours> {
  const { input, range, now, data, gaps, offsetMinutes, readMore } = asked;
  const local = localTimeOf(range, data.activity ?? [], { timezone: input.timezone, offsetMinutes });
  const whole = resolveInterval(range, input, local, now);
  refuseFuture(range, input, now, local);
  const parts = [first, ...(await Promise.all(readOutside(whole, first).map(readMore)))];
  const interval = { start: whole.start, end: Math.min(whole.end, now) };
  return {
    range,
    local,
    interval,
    rows: parts.length === 1 ? first.rows : parts.flatMap(({ rows }) => rows),
    unread: parts.flatMap(({ unread }) => unread).filter((stretch) => overlaps(stretch, interval)),
    hasOddReadings: parts.some(({ isOdd }) => isOdd),
    knowsDays: data.activity !== null,
    sync: gaps.sync,
  };
}

function overlaps({ start, end }: UnreadStretch, interval: { start: number; end: number }): boolean {
  return start < interval.end && end > interval.start;
}
