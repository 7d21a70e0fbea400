import { type IsoDay, isoDay } from "./day.ts";
import { type FlaggedRun, labelRun } from "./flags.ts";
import { findRuns, runOf } from "./runs.ts";
import type { StrainScores } from "./strain.ts";
import { isAlerting, type StrainedNight } from "./strained-nights.ts";

/** A night on which several signs of strain together suggest bodily strain, such as an illness. */
export interface Alert {
  day: IsoDay;
  /** The {@link alertValue} of the night, at least the threshold of the chosen sensitivity. */
  alert: number;
  /** The strain of this night alone, at least 0. */
  strain: number;
  scores: StrainScores;
  /** All alerts on neighbouring nights, this night included. */
  run: FlaggedRun;
}

/**
 * Finds the nights with an alert ({@link isAlerting}), oldest first.
 * @param nights All consecutive nights, from {@link findStrainedNights}.
 * @example
 * const quiet = { scores: {}, strain: 0, alert: 0, raised: 0 };
 * const strained = { scores: { resting_heart_rate: 3, hrv: -3 }, strain: 3.4, alert: 3.2, raised: 2 };
 * const nights = [{ day: 20000, ...quiet }, { day: 20001, ...strained }, { day: 20002, ...strained }];
 * findAlerts(nights, 2.8).map(({ day, run }) => [day, run.flaggedDays]); // [["2024-10-05", 2], ["2024-10-06", 2]]
 * findAlerts(nights, 3.3); // []
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
