import { type IsoDay, isoDay } from "./day.ts";
import { type FlaggedRun, labelRun } from "./flags.ts";
import { findRuns, runOf } from "./runs.ts";
import type { StrainScores } from "./strain.ts";
import { isAlerting, type StrainedNight } from "./strained-nights.ts";

/** A night on which several strain metrics together point to strain. */
export interface Alert {
  day: IsoDay;
  /** The alert value, at least the threshold of the sensitivity. */
  alert: number;
  /** The strain of this night alone. */
  strain: number;
  /** The z of each strain metric that has one. Positive means above its usual value, so a low HRV is negative. */
  scores: StrainScores;
  run: FlaggedRun;
}

/** The nights whose alert value reaches the threshold, with several signs raised, oldest first, each with its run. */
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
