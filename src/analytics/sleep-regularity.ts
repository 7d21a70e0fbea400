/**
 * One day divided into epochs (spans of equal length). Each epoch is true for asleep, false for awake, and null when
 * the state is not known. The whole day is null when it has no data.
 */
export type SleepStates = readonly (boolean | null)[] | null;

export type SleepRegularity =
  | {
      kind: "regularity";
      /**
       * The sleep regularity index, from −100 to 100. Sleep at the same times every day gives 100, and random sleep
       * gives 0.
       */
      index: number;
      /** Whether there are fewer than 14 pairs of neighbouring days, so that the index may still change much. */
      isProvisional: boolean;
      pairsOfDays: number;
      pairsOfEpochs: number;
    }
  | { kind: "too_few_days"; pairsOfDays: number; needPairs: number };

const leastPairs = 7;
/**
 * If fewer than this many pairs of neighbouring days can be compared, the index is marked as provisional, because more
 * days could still change it clearly (Fischer et al. 2021).
 */
const settledPairs = 14;

/**
 * The sleep regularity index of Phillips et al. 2017: −100 + 200 · s. s is the share of epochs in which the state is
 * the same as 24 hours before. An epoch counts only if both states are known. The result does not say whether sleep is
 * regular enough, because there is no established limit.
 * @param days Consecutive calendar days, each with the same number of epochs.
 * @returns `too_few_days` for fewer than seven pairs of neighbouring days with a known state at the same time of day.
 * @example
 * // Asleep in two of three epochs. On the last day, one of the three epochs differs from the day before.
 * const days = [...Array(14).fill([true, true, false]), [true, false, false]];
 * measureRegularity(days);
 * // { kind: "regularity", index: 95.23…, isProvisional: false, pairsOfDays: 14, pairsOfEpochs: 42 }
 * measureRegularity(days.slice(0, 7)); // { kind: "too_few_days", pairsOfDays: 6, needPairs: 7 }
 */
export function measureRegularity(days: readonly SleepStates[]): SleepRegularity {
  const { index, pairsOfDays, pairsOfEpochs } = regularityIndex(days);
  if (pairsOfDays < leastPairs || index === null) return { kind: "too_few_days", pairsOfDays, needPairs: leastPairs };
  return { kind: "regularity", index, isProvisional: pairsOfDays < settledPairs, pairsOfDays, pairsOfEpochs };
}

/**
 * The sleep regularity index of any number of days, without the minimum of {@link measureRegularity}.
 * @returns `index` is null when no pair of neighbouring days has a known state at the same time of day.
 * @example
 * regularityIndex([[true, false], [true, true]]); // { index: 0, pairsOfDays: 1, pairsOfEpochs: 2 }
 * regularityIndex([[true, false], null]).index; // null
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
