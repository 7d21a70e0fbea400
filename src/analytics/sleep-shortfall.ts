/** How much sleep is missing against a need, or why that cannot be said. Hours. */
export type SleepShortfall =
  | {
      kind: "shortfall";
      /** Measured nights, and nights without a value. */
      n: number;
      missing: number;
      /** Σ (need − sleep): long nights make up for short ones; negative is a surplus. */
      netHours: number;
      /** Σ max(0, need − sleep): long nights make up for nothing. */
      grossHours: number;
      shortNights: number;
      meanHours: number;
      netPerNight: number;
    }
  | { kind: "too_few_nights"; n: number; needNights: number };

/** Fewer measured nights of the last 14 say too little about them. */
const leastNights = 10;

/**
 * The need assumed where the wearer names none: adults should sleep at least this long (Watson et al. 2015). Nothing
 * reads a person's need from a ring.
 */
export const recommendedHours = 7;

/**
 * The sleep missing over the last 14 nights against a named need. A night without a value is no night
 * without sleep: it counts in neither sum.
 * @param hours Sleep of each night, naps included.
 * @example measureShortfall(Array(14).fill(7), 8) // { kind: "shortfall", netHours: 14, grossHours: 14, … }
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
