import type { HeartRateRow } from "../../analytics/intraday/heart-rate-readings.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import { type Declared, essential, other, type ReadDays } from "../../question/reads.ts";
import { type ClockTimes, type Interval, localTimeOf, resolveInterval } from "./local-time.ts";

const hour = 3_600_000;
/**
 * In ms. When the heart rate is read, the UTC offset of the days is not yet known, so the requested hours may lie
 * earlier or later than assumed. Therefore the heart rate is also read for this long before and after them.
 */
const padding = 3 * hour;

/** `unread` lists the parts of the interval that could not be read. */
export interface ReadHours extends Interval {
  rows: HeartRateRow[];
  unread: readonly UnreadStretch[];
  isOdd: boolean;
}

/**
 * Reads the requested hours and some hours before and after them. The wearer's last known UTC offset is assumed, which
 * may be wrong for the requested day.
 */
export function readHours(times: ClockTimes & { timezone?: string | undefined }): Declared<ReadHours, "heartrate"> {
  return readHeartRate(({ asked, now, offsetMinutes }) => {
    const { timezone } = times;
    const guessed = resolveInterval(asked, times, localTimeOf(asked, [], { timezone, offsetMinutes }), now);
    return { start: guessed.start - padding, end: guessed.end + padding };
  });
}

/**
 * The parts of the interval `whole` outside the interval that was already read. Such parts exist only on a day of
 * travel, when the first interval was computed with a wrong UTC offset.
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
