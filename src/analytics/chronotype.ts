import { mean } from "simple-statistics";
import { clockDifference, onClock, summarizeClock } from "./circular.ts";

/** When the sleep of one night began and how long it lasted. */
export interface ClockNight {
  /** The time of falling asleep, in minutes after midnight. */
  onset: number;
  /** The time from falling asleep to waking up, in minutes. */
  duration: number;
}

/**
 * The chronotype and the social jet lag, or the numbers of measured nights if too few nights were measured. Clock times
 * are minutes after midnight.
 */
export type Chronotype =
  | ({ kind: "chronotype" } & ChronotypeFigures)
  | { kind: "too_few_nights"; workNights: number; freeNights: number; needWorkNights: number; needFreeNights: number };

export interface ChronotypeFigures {
  /**
   * The middle of sleep (halfway between falling asleep and waking up) on free nights, in minutes after midnight. It is
   * the mean over all nights before days without work.
   */
  midSleepFree: number;
  /**
   * The middle of sleep (halfway between falling asleep and waking up) on work nights, in minutes after midnight. It is
   * the mean over all nights before workdays.
   */
  midSleepWork: number;
  /** The mean time from falling asleep to waking up on free nights (before days without work), in minutes. */
  durationFree: number;
  /** The mean time from falling asleep to waking up on work nights (before workdays), in minutes. */
  durationWork: number;
  /**
   * The mean time from falling asleep to waking up over a whole week, in minutes, weighted by the numbers of work days
   * and free days in a week.
   */
  durationWeek: number;
  /**
   * The chronotype MSFsc, in minutes after midnight. It is the middle of sleep on free nights (before days without
   * work), minus half of the extra sleep. The extra sleep is the mean sleep duration on free nights minus the mean
   * sleep duration over the week. Half of the extra sleep is subtracted, because people catch up on lost sleep on free
   * nights. The extra sleep counts as 0 if the person sleeps no longer on free nights than on work nights (before
   * workdays).
   */
  chronotype: number;
  /**
   * How many minutes later the middle of sleep is on free nights than on work nights. A negative number means earlier.
   */
  socialJetLag: number;
  /** The social jet lag without the effect of making up for lost sleep, in minutes, at least 0 (Jankowski 2017). */
  socialJetLagCorrected: number;
}

export const leastWorkNights = 8;
export const leastFreeNights = 4;

/**
 * Computes the chronotype (MSFsc, Roenneberg et al. 2003 and 2012) and the social jet lag (Wittmann et al. 2006). The
 * result also holds a second value of the social jet lag, which is corrected for sleep debt (Jankowski 2017). Oura's
 * data do not show which nights are free (before days without work). The caller must therefore assume the free nights,
 * and the answer must state the assumption.
 * @param workDays The number of work days in a week, from 0 to 7.
 * @example findChronotype(workNights, freeNights, 5) // { kind: "chronotype", chronotype: 242, socialJetLag: 128, … }
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
