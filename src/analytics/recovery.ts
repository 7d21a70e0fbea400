import { type DailySeries, valueAt } from "./series.ts";

/** When a metric came back into its usual range after an event. */
export type Recovery =
  | { kind: "recovered"; night: number }
  /** Not known whether it came back later: it was outside, or not measured, up to this night. */
  | { kind: "censored"; night: number; because: "next_event" | "end_of_record" | "horizon" | "missing_nights" };

export interface RecoveryQuestion {
  series: DailySeries;
  /** Day number of the event. Night k is the day `event + k`. */
  event: number;
  /** Day number of the next event, from which on the nights belong to that one; null for none. */
  nextEvent: number | null;
  /** The usual range, ends included. */
  usual: { low: number; high: number };
  /** Nights looked at. */
  horizon?: number;
}

const defaultHorizon = 14;

/**
 * The first night back in the usual range: the first of two measured nights in a row inside it, with at most one missing
 * night between them, so that one good night between bad ones is no recovery. Two missing nights in a row end the
 * search, as do the next event, the end of the record, and the horizon.
 * @example recoverAfter({ series, event: 20005, nextEvent: null, usual: { low: 47, high: 52 } }) // { kind: "recovered", night: 4 }
 */
export function recoverAfter({
  series,
  event,
  nextEvent,
  usual: { low, high },
  horizon = defaultHorizon,
}: RecoveryQuestion): Recovery {
  const end = series.firstDay + series.values.length;
  let firstInside: number | null = null;
  let missing = 0;
  for (let night = 1; night <= horizon; night++) {
    const day = event + night;
    if (day >= end) return { kind: "censored", night: night - 1, because: "end_of_record" };
    if (nextEvent !== null && day >= nextEvent) return { kind: "censored", night: night - 1, because: "next_event" };
    const value = valueAt(series, day);
    if (value === null) {
      missing += 1;
      if (missing === 2) return { kind: "censored", night: night - 2, because: "missing_nights" };
      continue;
    }
    missing = 0;
    const isInside = value >= low && value <= high;
    if (isInside && firstInside !== null) return { kind: "recovered", night: firstInside };
    firstInside = isInside ? night : null;
  }
  return { kind: "censored", night: horizon, because: "horizon" };
}

/** What several recoveries together say of the usual time to recover. */
export interface RecoverySurvival {
  events: number;
  recovered: number;
  /** The share not yet recovered after each night on which somebody recovered. */
  steps: readonly { night: number; share: number }[];
  /** The first night by which half have recovered; null where more than half were censored before. */
  medianNight: number | null;
  /** Whether there are enough events for the median to say something. */
  isEnough: boolean;
}

const leastEvents = 5;

/**
 * The estimate of Kaplan and Meier (1958): events without a known recovery count for as long as they were observed.
 * @example estimateSurvival([{ kind: "recovered", night: 4 }, { kind: "recovered", night: 2 }]).medianNight // 2
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
