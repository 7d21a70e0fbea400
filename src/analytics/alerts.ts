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
   * The alert value: the strain of this night combined with the strain of the night before. Strain is one number for
   * all signs of illness in a night. The alert value of every alert reaches the threshold of the chosen sensitivity.
   */
  alert: number;
  /**
   * The strain of this night alone, at least 0. Strain is one number for all signs of illness in resting heart rate,
   * HRV, temperature and breathing rate.
   */
  strain: number;
  /**
   * The z-scores (distances from the usual values, in standard deviations) of resting heart rate, HRV, temperature and
   * breathing rate. A positive score means above the usual value, so a lowered HRV has a negative score. A metric
   * without a score is absent.
   */
  scores: StrainScores;
  run: FlaggedRun;
}

/**
 * Finds the nights with an alert, oldest first. A night has an alert if its alert value reaches the threshold, and if
 * at least two metrics show a sign of strain on that night or the night before. The alert value combines the strain
 * (signs of illness, as one number) of these two nights. Each alert is returned with its run (all alerts on
 * neighbouring nights).
 */
export function findAlerts(nights: readonly StrainedNight[], threshold: number): Alert[] {
  const [earliest] = nights;
  if (earliest === undefined) return [];
  const alarming = nights.flatMap((night) => {
    const { day, scores, strain, alert } = night;
    const isAlert = strain !== null && alert !== null && isAlerting(night, threshold);
    return isAlert ? [{ day, scores, strain, alert }] : [];
  });
  const runs = findRuns(
    alarming.map(({ day }) => day),
    (day) => (nights[day - earliest.day]?.strain ?? null) !== null,
  );
  return alarming.flatMap(({ day, ...night }) => {
    const run = runOf(day, runs);
    return run ? [{ day: isoDay(day), ...night, run: labelRun(run) }] : [];
  });
}
