import type { HeartRateRow } from "../../analytics/intraday/heart-rate-readings.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import { type Declared, essential, other, type ReadDays } from "../../question/reads.ts";
import { type ClockTimes, type Interval, localTimeOf, resolveInterval } from "./local-time.ts";

const hour = 3_600_000;
/**
 * Heart rate is read from this many ms before the requested hours to as many ms after them. The reason is that the UTC
 * offset of the days is not yet known, and a change of clocks may shift the hours.
 */
const padding = 3 * hour;

/** The heart-rate readings of an interval, and the parts of the interval that could not be read. */
export interface ReadHours extends Interval {
  rows: HeartRateRow[];
  unread: readonly UnreadStretch[];
  /** Whether some readings could not be parsed. */
  isOdd: boolean;
}

/**
 * Declares that the heart rate is read for the requested hours and for some hours before and after them. The wearer's
 * last known UTC offset is assumed. This offset may be wrong for the requested day.
 */
export function readHours(times: ClockTimes & { timezone?: string | undefined }): Declared<ReadHours, "heartrate"> {
  return readHeartRate(({ asked, now, offsetMinutes }) => {
    const { timezone } = times;
    const guessed = resolveInterval(asked, times, localTimeOf(asked, [], { timezone, offsetMinutes }), now);
    return { start: guessed.start - padding, end: guessed.end + padding };
  });
}

/**
 * Declares what still has to be read: the parts of the interval `whole` outside the interval that was already read.
 * Such parts exist only on a day of travel, when the first interval was computed with a wrong UTC offset.
 */
export function readOutside(whole: Interval, { start, end }: Interval): Declared<ReadHours, "heartrate">[] {
  return [
    { start: whole.start, end: Math.min(whole.end, start) },
    { start: Math.max(whole.start, end), end: whole.end },
  ]
    .filter((rest) => rest.start < rest.end)
    .map((rest) => readHeartRate(() => rest));
}

function readHeartRate(over: (days: ReadDays) => Interval): Declared<ReadHours, "heartrate"> {
  return essential(
    other("heartrate", "heart_rate", async (reader, days) => {
      const { start, end } = over(days);
      const { rows, unread } = await reader.readHeartRate(start, end);
      return { start, end, rows, unread, isOdd: reader.oddRecords().has("heartrate") };
    }),
  );
}
