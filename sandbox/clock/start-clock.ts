import { fixedInstant, parseInstant } from "./instants.ts";
import { machineNow } from "./machine-now.ts";

/** The clock of one run: it starts at a chosen instant and advances with the machine's clock. */
export interface RunClock {
  /** Epoch ms. */
  now(): number;
  /** How far it is ahead of the machine's clock, in milliseconds. */
  offset: number;
}

export function startClock(instant: string = fixedInstant): RunClock {
  const start = parseInstant(instant);
  if (start === null) throw new Error(`"${instant}" is not an instant. Example: ${fixedInstant}`);
  return clockWithOffset(start - machineNow());
}

export function clockWithOffset(offset: number): RunClock {
  return { offset, now: () => machineNow() + offset };
}

/** A clock that always tells the same instant, for runs whose answers must not change with the hour. */
export interface StandingClock {
  now(): number;
  /** Epoch ms. */
  standsAt: number;
}

export function standingClock(instant: string = fixedInstant): StandingClock {
  const standsAt = parseInstant(instant);
  if (standsAt === null) throw new Error(`"${instant}" is not an instant. Example: ${fixedInstant}`);
  return { standsAt, now: () => standsAt };
}
