import { type DayNumber, type Instant, MINUTE } from "../calendar.ts";
import { hypnogram } from "../hypnogram.ts";
import type { Life } from "../life.ts";
import { randomFor } from "../random.ts";
import { type BedTime, nightPlan, type Stretch } from "./night-plan.ts";

/** A time in bed as it was: a stage for every 30 seconds, whatever the ring makes of it. */
export interface Slept {
  start: Instant;
  end: Instant;
  /** One character per 30 s. */
  phases: string;
}

/** The stretches of the night that ends on `day`, in order. */
export function sleptOn(life: Life, day: DayNumber): (Slept & Pick<BedTime, "part">)[] {
  return nightPlan(life, day).inBed.map((time) => ({ ...live(life, day, time), part: time.part }));
}

export function live(life: Life, day: DayNumber, { from, to }: Stretch): Slept {
  const random = randomFor(life.seed, "slept", day, from);
  const epochs = (to - from) * 2;
  const asleepEpochs = Math.round(epochs * random.between(0.82, 0.93));
  const phases = hypnogram(
    {
      epochs,
      asleepEpochs,
      latencyEpochs: Math.min(random.integer(4, 40), Math.floor((epochs - asleepEpochs) / 2)),
      deepShare: random.between(0.1, 0.22),
      remShare: random.between(0.12, 0.24),
    },
    random,
  );
  const start = life.calendar.instantAt(life.zoneOn(day), day, from);
  return { start, end: start + (to - from) * MINUTE, phases };
}
