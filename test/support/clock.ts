import { inject, vi } from "vitest";
import { control } from "./control.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where this run's clock stands or starts, an ISO date-time. */
    clock: string;
    /** Whether this is the long run, with everything that `npm test` samples (LONG=1). */
    long: boolean;
  }
}

/**
 * The one clock of the tests in the Workers runtime: what `Date` says to the product and its packages, and what the
 * simulator takes for now. It stands still until a test moves it, and each test finds it where the file's people were made.
 */
export interface TestClock {
  /** Epoch ms. */
  now(): number;
  /** The day of that many days before now, in UTC. */
  daysAgo(days: number): string;
  /** Moves both clocks on. */
  advance(milliseconds: number): Promise<void>;
  /** Oura's clock alone, this far ahead of the product's. */
  setOuraAhead(milliseconds: number): Promise<void>;
  /** Sets both clocks, to where every following test starts as well. Without an instant: where this run starts. */
  start(instant?: string): Promise<void>;
  /** Back to where the file started. */
  restore(): Promise<void>;
}

let base = Date.parse(inject("clock"));
let now = base;
let ouraAhead = 0;

async function move(to: number, ahead: number): Promise<void> {
  vi.setSystemTime(to);
  if (to + ahead !== now + ouraAhead) await control("PUT", "/clock", { now: to + ahead });
  now = to;
  ouraAhead = ahead;
}

export const clock: TestClock = {
  now: () => now,
  daysAgo: (days) => new Date(now - days * 86_400_000).toISOString().slice(0, 10),
  advance: (milliseconds) => move(now + milliseconds, ouraAhead),
  setOuraAhead: (milliseconds) => move(now, milliseconds),
  async start(instant = inject("clock")) {
    base = Date.parse(instant);
    now = Number.NaN; // whatever the simulator was told before, tell it again
    await move(base, 0);
  },
  restore: () => move(base, 0),
};
