import { mean } from "simple-statistics";
import { clockDifference, onClock, summarizeClock } from "./circular.ts";

/** A night by the clock. */
export interface ClockNight {
  /** Falling asleep, minutes after midnight. */
  onset: number;
  /** Minutes from falling asleep to waking up. */
  duration: number;
}

/** The chronotype and social jet lag, or why they cannot be said. Clock times are minutes after midnight. */
export type Chronotype =
  | ({ kind: "chronotype" } & ChronotypeFigures)
  | { kind: "too_few_nights"; workNights: number; freeNights: number; needWorkNights: number; needFreeNights: number };

export interface ChronotypeFigures {
  /** Mid-sleep on free and on work nights. */
  midSleepFree: number;
  midSleepWork: number;
  /** Mean duration in minutes. */
  durationFree: number;
  durationWork: number;
  /** Weighted by the work and free days of a week. */
  durationWeek: number;
  /** MSFsc: mid-sleep on free nights, corrected for the sleep that is caught up on them. */
  chronotype: number;
  /** Minutes: how much later mid-sleep is on free nights; negative is earlier. */
  socialJetLag: number;
  /** Minutes, at least 0: the same without the effect of catching up (Jankowski 2017). */
  socialJetLagCorrected: number;
}

export const leastWorkNights = 8;
export const leastFreeNights = 4;

/**
 * The chronotype (MSFsc, Roenneberg et al. 2003 and 2012) and social jet lag (Wittmann et al. 2006; corrected for sleep
 * debt, Jankowski 2017). Which nights are free is not measured: the caller says what was assumed.
 * @param workDays Work days in a week, 0 to 7.
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

/** The figures for any number of nights; null where there are none of one kind. */
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
