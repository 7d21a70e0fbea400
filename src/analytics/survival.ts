import type { Recovery } from "./recovery.ts";

export interface RecoverySurvival {
  events: number;
  recovered: number;
  /**
   * For each night on which at least one recovery happened, the estimated share of events without a recovery up to and
   * including that night.
   */
  steps: readonly { night: number; share: number }[];
  /**
   * The first night on which the estimated share of events without a recovery is one half or less. Null when the share
   * stays above one half.
   */
  medianNight: number | null;
  /** Whether there are at least five events. */
  isEnough: boolean;
}

/** With fewer events, the median time to recover would be too inaccurate. */
const leastEvents = 5;

/**
 * Estimates the usual time to recover by the method of Kaplan and Meier (1958). An event whose recovery was not
 * observed counts as not recovered up to the last observed night.
 * @example
 * const recoveries = [
 *   { kind: "recovered", night: 2 },
 *   { kind: "censored", night: 3, because: "next_event" },
 *   { kind: "recovered", night: 4 },
 * ];
 * const { steps, medianNight } = estimateSurvival(recoveries);
 * steps; // [{ night: 2, share: 0.666… }, { night: 4, share: 0 }]
 * medianNight; // 4
 */
export function estimateSurvival(recoveries: readonly Recovery[]): RecoverySurvival {
  const nights = recoveries.flatMap(({ kind, night }) => (kind === "recovered" ? [night] : []));
  let share = 1;
  const steps = [...new Set(nights)]
    .toSorted((one, other) => one - other)
    .map((night) => {
      const atRisk = recoveries.filter((recovery) => recovery.night >= night).length;
      share *= 1 - nights.filter((other) => other === night).length / atRisk;
      return { night, share };
    });
  return {
    events: recoveries.length,
    recovered: nights.length,
    steps,
    medianNight: steps.find((step) => step.share <= 0.5)?.night ?? null,
    isEnough: recoveries.length >= leastEvents,
  };
}
