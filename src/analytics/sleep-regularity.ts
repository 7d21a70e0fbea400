/** One day of sleep in epochs of equal length: asleep, awake, or not known. Null for a day without data. */
export type SleepStates = readonly (boolean | null)[] | null;

/** How regular sleep is, or why that cannot be said. */
export type SleepRegularity =
  | {
      kind: "regularity";
      /** From −100 to 100; 100 is the same sleep at the same times every day, 0 is random. */
      index: number;
      /** Fewer than 14 pairs of days. */
      isProvisional: boolean;
      pairsOfDays: number;
      pairsOfEpochs: number;
    }
  | { kind: "too_few_days"; pairsOfDays: number; needPairs: number };

/** The index needs more than a week of days, and two weeks to be settled (Fischer et al. 2021). */
const leastPairs = 7;
const settledPairs = 14;

/**
 * The sleep regularity index of Phillips et al. 2017: −100 + 200 · the share of epochs in the same state as 24 h before.
 * Epochs that are not known, and those 24 h before and after them, do not count. There are no population limits: nothing
 * says from which index on sleep is regular enough.
 * @param days Consecutive calendar days, each with equally many epochs.
 * @returns `too_few_days` below seven pairs of neighbouring days that share a known epoch.
 * @example measureRegularity(fourteenEqualDays) // { kind: "regularity", index: 100, … }
 */
export function measureRegularity(days: readonly SleepStates[]): SleepRegularity {
  const { index, pairsOfDays, pairsOfEpochs } = regularityIndex(days);
  if (pairsOfDays < leastPairs || index === null) return { kind: "too_few_days", pairsOfDays, needPairs: leastPairs };
  return { kind: "regularity", index, isProvisional: pairsOfDays < settledPairs, pairsOfDays, pairsOfEpochs };
}

/**
 * The index of any number of days.
 * @returns A null index where no epoch is known on two days in a row.
 * @example regularityIndex([[true, false], [true, true]]).index // 0
 */
export function regularityIndex(days: readonly SleepStates[]): {
  index: number | null;
  pairsOfDays: number;
  pairsOfEpochs: number;
} {
  let equal = 0;
  let pairsOfEpochs = 0;
  let pairsOfDays = 0;
  days.forEach((today, position) => {
    const yesterday = position === 0 ? null : (days[position - 1] ?? null);
    if (today === null || yesterday === null) return;
    const known = today.filter((state, epoch) => state !== null && (yesterday[epoch] ?? null) !== null).length;
    equal += today.filter((state, epoch) => state !== null && state === yesterday[epoch]).length;
    pairsOfEpochs += known;
    if (known > 0) pairsOfDays += 1;
  });
  return { index: pairsOfEpochs === 0 ? null : -100 + (200 * equal) / pairsOfEpochs, pairsOfDays, pairsOfEpochs };
}
