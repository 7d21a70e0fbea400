import { mean } from "simple-statistics";
import { clockDifference, onClock, summarizeClock } from "./circular.ts";

export interface ClockNight {
  /** The time of falling asleep, in minutes after midnight. */
  onset: number;
  /** The time from falling asleep to waking up, in minutes. */
  duration: number;
}

export type Chronotype =
  | ({ kind: "chronotype" } & ChronotypeFigures)
  | { kind: "too_few_nights"; workNights: number; freeNights: number; needWorkNights: number; needFreeNights: number };

/**
 * A free night is a night before a day without work. A work night is a night before a workday. The middle of sleep is
 * halfway between falling asleep and waking up. Clock times are minutes after midnight, and durations are minutes.
 */
export interface ChronotypeFigures {
  midSleepFree: number;
  midSleepWork: number;
  durationFree: number;
  durationWork: number;
  /** The mean duration over a whole week, weighted by the numbers of work days and free days in a week. */
  durationWeek: number;
  /**
   * MSFsc: the middle of sleep on free nights, corrected. People often sleep longer on free nights to catch up on lost
   * sleep, and this moves the middle of their sleep. The extra sleep is the duration on free nights minus the mean
   * duration over the week. Half of the extra sleep is subtracted from the middle of sleep. If free nights are no
   * longer than work nights, nothing is subtracted.
   */
  chronotype: number;
  /** How many minutes later the middle of sleep is on free nights than on work nights. Negative means earlier. */
  socialJetLag: number;
  /** The social jet lag without the effect of making up for lost sleep, in minutes, at least 0 (Jankowski 2017). */
  socialJetLagCorrected: number;
}

/** Two weeks usually have ten work nights and four free nights, and two of the work nights may be missing. */
export const leastWorkNights = 8;
export const leastFreeNights = 4;

/**
 * Computes the chronotype (MSFsc, Roenneberg et al. 2003 and 2012) and the social jet lag (Wittmann et al. 2006).
 * Oura's data do not show which nights are free, so the caller assumes the free nights, and the answer must say so.
 * @param workDays The number of work days in a week, from 0 to 7.
 * @example
 * // Eight nights from 23:30 to 6:30, and four from 0:30 to 9:00.
 * const work = Array(8).fill({ onset: 1410, duration: 420 });
 * const free = Array(4).fill({ onset: 30, duration: 510 });
 * findChronotype(work, free, 5);
 * // { kind: "chronotype", midSleepFree: 285, midSleepWork: 180, durationWeek: 445.71…, chronotype: 252.85…,
 * //   socialJetLag: 105, socialJetLagCorrected: 60, … }
 * findChronotype(work, [], 5);
 * // { kind: "too_few_nights", workNights: 8, freeNights: 0, needWorkNights: 8, needFreeNights: 4 }
 */
export function findChronotype(work: readonly ClockNight[], free: readonly ClockNight[], workDays = 5): Chronotype {
  const figures =
    work.length < leastWorkNights || free.length < leastFreeNights ? null : describe(work, free, workDays);
  if (figures !== null) return { kind: "chronotype", ...figures };
  return {
    kind: "too_few_nights",
    workNights: work.length,
    freeNights: free.length,
    needWorkNights: leastWorkNights,
    needFreeNights: leastFreeNights,
  };
}

/**
 * Computes chronotype and social jet lag without the minimum number of nights that {@link findChronotype} requires.
 * Null if there is no work night or no free night.
 * @example
 * chronotypeFigures([{ onset: 1410, duration: 420 }], [{ onset: 30, duration: 420 }], 5).socialJetLag; // 60
 * chronotypeFigures([], [{ onset: 30, duration: 420 }], 5); // null
 */
export function chronotypeFigures(
  work: readonly ClockNight[],
  free: readonly ClockNight[],
  workDays: number,
): ChronotypeFigures | null {
  return work.length === 0 || free.length === 0 ? null : describe(work, free, workDays);
}

function describe(work: readonly ClockNight[], free: readonly ClockNight[], workDays: number): ChronotypeFigures {
  const midSleepFree = clockMean(free, ({ onset, duration }) => onset + duration / 2);
  const midSleepWork = clockMean(work, ({ onset, duration }) => onset + duration / 2);
  const durationFree = mean(free.map(({ duration }) => duration));
  const durationWork = mean(work.map(({ duration }) => duration));
  const durationWeek = (workDays * durationWork + (7 - workDays) * durationFree) / 7;
  const caughtUp = durationFree > durationWork ? durationFree - durationWeek : 0;
  const onsetShift = clockDifference(
    clockMean(free, ({ onset }) => onset),
    clockMean(work, ({ onset }) => onset),
  );
  const endShift = clockDifference(
    clockMean(free, ({ onset, duration }) => onset + duration),
    clockMean(work, ({ onset, duration }) => onset + duration),
  );
  return {
    midSleepFree,
    midSleepWork,
    durationFree,
    durationWork,
    durationWeek,
    chronotype: onClock(midSleepFree - caughtUp / 2),
    socialJetLag: clockDifference(midSleepFree, midSleepWork),
    socialJetLagCorrected: Math.abs(durationWork > durationFree && endShift >= 0 ? endShift : onsetShift),
  };
}

function clockMean(nights: readonly ClockNight[], at: (night: ClockNight) => number): number {
  return summarizeClock(nights.map(at)).mean;
}
