import { inject, vi } from "vitest";
import { control } from "./control.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Start of this run's clock, an ISO date-time. */
    clock: string;
    /** Whether this is the long run (LONG=1), without the sampling of `npm test`. */
    long: boolean;
    /** Whether tests print the tables of the documents instead of comparing them (WRITE_TABLES=1). */
    writesTables: boolean;
  }
}

/**
 * The clock of all tests in the Workers runtime: `Date` for the product and its packages, and the simulator's current
 * time. It stands still until a test moves it. Each test starts at the time at which the file's people were created.
 */
export interface TestClock {
  /** Epoch ms. */
  now(): number;
  /** The UTC day that many days ago. */
  daysAgo(days: number): string;
  /** Advances the clocks of the product and the simulator. */
  advance(milliseconds: number): Promise<void>;
  /** Sets Oura's clock this far ahead of the product's. */
  setOuraAhead(milliseconds: number): Promise<void>;
  /** Sets both clocks, also as the start of all following tests. Default: the start of this run. */
  start(instant?: string): Promise<void>;
  /** Resets both clocks to the start of the file. */
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
    now = Number.NaN; // forces the simulator's clock to be set again
    await move(base, 0);
  },
  restore: () => move(base, 0),
};
