import { type IsoDay, isoDay } from "./day.ts";
import { type FlaggedRun, labelRun } from "./flags.ts";
import { findRuns, runOf } from "./runs.ts";
import type { StrainScores } from "./strain.ts";
import { isAlerting, type StrainedNight } from "./strained-nights.ts";

/**
 * A night on which at least two of resting heart rate, HRV, temperature and breathing rate together suggest bodily
 * strain, such as an illness.
 */
export interface Alert {
  day: IsoDay;
  /**
   * The alert value: the strain of this night combined with the strain of the night before. It is at least the
   * threshold of the chosen sensitivity.
   */
  alert: number;
  /**
   * The strain of this night alone, at least 0: one number for resting heart rate, HRV, temperature and breathing rate
   * together.
   */
  strain: number;
  /**
   * The z-scores of resting heart rate, HRV, temperature and breathing rate, where known. Positive means above the
   * usual value, so a lowered HRV has a negative score.
   */
  scores: StrainScores;
  run: FlaggedRun;
}

/**
 * Finds the nights with an alert: the alert value reaches the threshold, and at least two metrics show a sign of strain
 * on that night or the night before. The alert value is the strain of a night combined with the strain of the night
 * before. The alerts are listed oldest first. Each alert comes with its run, the alerts on neighbouring nights.
 */
export function findAlerts(nights: readonly StrainedNight[], threshold: number): Alert[] {
  const first = nights[0]?.day ?? 0;
  const alarming = nights.flatMap((night) => {
    const { day, scores, strain, alert } = night;
    const isAlert = strain !== null && alert !== null && isAlerting(night, threshold);
    return isAlert ? [{ day, scores, strain, alert }] : [];
  });
  const runs = findRuns(
    alarming.map(({ day }) => day),
    (day) => (nights[day - first]?.strain ?? null) !== null,
  );
  return alarming.flatMap(({ day, ...night }) => {
    const run = runOf(day, runs);
    return run ? [{ day: isoDay(day), ...night, run: labelRun(run) }] : [];
  });
}
