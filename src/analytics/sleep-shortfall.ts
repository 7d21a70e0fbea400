export type SleepShortfall =
  | {
      kind: "shortfall";
      /** The number of nights with a value. `missing` is the number of nights without a value. */
      n: number;
      missing: number;
      /**
       * Σ (need − sleep) over all nights: long nights make up for short nights. A negative sum is a surplus of sleep.
       */
      netHours: number;
      /** Σ max(0, need − sleep) over all nights: long nights do not make up for short nights. */
      grossHours: number;
      shortNights: number;
      meanHours: number;
      netPerNight: number;
    }
  | { kind: "too_few_nights"; n: number; needNights: number };

/** If fewer of the last 14 nights than this have a value, the sum would not describe the two weeks well enough. */
const leastNights = 10;

/**
 * The sleep need in hours that is assumed if the person does not state a sleep need. Adults should sleep at least this
 * long (Watson et al. 2015). A ring cannot measure how much sleep a person needs.
 */
export const recommendedHours = 7;

/**
 * The sleep missing over the last 14 nights, compared with the hours of sleep that the person needs. A night without a
 * value adds nothing, because the person may have slept without the ring.
 * @param hours The hours of sleep of each night, naps included. A night without a value is null.
 * @example
 * measureShortfall([...Array(12).fill(7), 9, null], 8);
 * // { kind: "shortfall", n: 13, missing: 1, netHours: 11, grossHours: 12, shortNights: 12, meanHours: 7.15…,
 * //   netPerNight: 0.84… }
 * measureShortfall(Array(9).fill(7), 8); // { kind: "too_few_nights", n: 9, needNights: 10 }
 */
export function measureShortfall(hours: readonly (number | null)[], needHours: number): SleepShortfall {
  const slept = hours.filter((value) => value !== null);
  const n = slept.length;
  if (n < leastNights) return { kind: "too_few_nights", n, needNights: leastNights };
  const lacks = slept.map((value) => needHours - value);
  const netHours = lacks.reduce((sum, lack) => sum + lack, 0);
  return {
    kind: "shortfall",
    n,
    missing: hours.length - n,
    netHours,
    grossHours: lacks.reduce((sum, lack) => sum + Math.max(0, lack), 0),
    shortNights: lacks.filter((lack) => lack > 0).length,
    meanHours: needHours - netHours / n,
    netPerNight: netHours / n,
  };
}
