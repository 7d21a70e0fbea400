import { outOfRange } from "../out-of-range.ts";
import type { OffsetSpan } from "./zone-offsets.ts";

export type BucketMinutes = 5 | 15 | 30 | 60;

const minuteMs = 60_000;

/** A span of local time: [start, end) in epoch ms. */
export interface Bucket {
  start: number;
  end: number;
  /** Minutes east of UTC. */
  offsetMinutes: number;
}

/**
 * Cuts an interval into buckets aligned to the local clock, such as buckets of 15 minutes from :00, :15, :30 and :45.
 * The first bucket, the last bucket and a bucket with a clock change may be shorter. An hour that the clock skips has
 * no buckets. An hour that the clock repeats has its buckets twice, with different offsets.
 * @param end Epoch ms, like `start`. The interval ends just before this instant.
 * @param offsets UTC offsets in ascending order of time. The first offset also applies to all earlier times. An empty
 * list means UTC.
 * @returns Buckets in order of time, without a pause between them. None if `start` is not before `end`.
 * @example
 * // From 00:10 to 00:40, the edges are at 00:15 and 00:30.
 * cutLocalTime(600_000, 2_400_000, 15, []).map(({ end }) => end / 60_000); // [15, 30, 40]
 */
export function cutLocalTime(
  start: number,
  end: number,
  bucketMinutes: BucketMinutes,
  offsets: readonly OffsetSpan[],
): Bucket[] {
  const size = bucketMinutes * minuteMs;
  const spans = offsets.length === 0 ? [{ from: 0, offsetMinutes: 0 }] : offsets;
  const buckets: Bucket[] = [];
  let spanIndex = 0;
  for (let at = start; at < end; ) {
    while ((spans[spanIndex + 1]?.from ?? Number.POSITIVE_INFINITY) <= at) spanIndex++;
    const { offsetMinutes } = spans[spanIndex] ?? outOfRange(spanIndex);
    const local = at + offsetMinutes * minuteMs;
    const mark = at + size - (((local % size) + size) % size);
    const until = Math.min(mark, end, spans[spanIndex + 1]?.from ?? Number.POSITIVE_INFINITY);
    buckets.push({ start: at, end: until, offsetMinutes });
    at = until;
  }
  return buckets;
}

/**
 * Calls `visit` for every bucket that overlaps the interval from `start` to `end`.
 * @param visit Receives the index of a bucket and the length of the overlap in ms.
 * @param from To save time, the search starts at this index. No earlier bucket may overlap the interval.
 * @returns The `from` for the next interval, if intervals are passed in ascending order.
 * @example
 * const buckets = cutLocalTime(0, 900_000, 5, []);
 * const overlaps = [];
 * overlapBuckets(buckets, 240_000, 540_000, (index, overlapMs) => overlaps.push([index, overlapMs])); // 0
 * overlaps; // [[0, 60000], [1, 240000]]
 */
export function overlapBuckets(
  buckets: readonly Bucket[],
  start: number,
  end: number,
  visit: (index: number, overlapMs: number) => void,
  from = 0,
): number {
  let first = from;
  while ((buckets[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
  for (let index = first; (buckets[index]?.start ?? Number.POSITIVE_INFINITY) < end; index++) {
    const bucket = buckets[index];
    if (bucket) visit(index, Math.min(end, bucket.end) - Math.max(start, bucket.start));
  }
  return first;
}
