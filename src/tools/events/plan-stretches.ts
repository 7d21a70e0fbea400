/** A time to read in one request, for the things that happened in it. */
export interface Stretch<Item> {
  /** Epoch ms. */
  start: number;
  end: number;
  holds: readonly Item[];
}

/** Six other collections are read for a timeline: with these it stays within ten requests. */
const mostStretches = 4;
const day = 86_400_000;
/** Hours nobody asked about are rows to page through: about 290 a day. */
const longestGap = day;
/** Longer ones would be read in two requests. */
const longestStretch = 5 * day;

/**
 * At most four stretches for as many of the newest as fit. Neighbours are joined, the shortest results first; where
 * nothing near enough is left to join, the oldest are left out.
 */
export function planStretches<Item>(single: readonly Stretch<Item>[]): Stretch<Item>[] {
  let stretches = single.toSorted((one, other) => one.start - other.start);
  while (stretches.length > mostStretches) {
    const joinable = stretches.slice(1).flatMap((later, index) => {
      const earlier = stretches[index];
      if (!earlier || later.start - earlier.end > longestGap) return [];
      const end = Math.max(earlier.end, later.end);
      if (end - earlier.start > longestStretch) return [];
      return [{ index, joined: { start: earlier.start, end, holds: [...earlier.holds, ...later.holds] } }];
    });
    const [shortest] = joinable.toSorted(
      ({ joined: one }, { joined: other }) => one.end - one.start - (other.end - other.start),
    );
    stretches = shortest ? stretches.toSpliced(shortest.index, 2, shortest.joined) : stretches.slice(1);
  }
  return stretches;
}
