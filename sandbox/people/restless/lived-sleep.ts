import { type DayNumber, type Instant, MINUTE } from "../calendar.ts";
import { hypnogram } from "../hypnogram.ts";
import type { Life } from "../life.ts";
import { lazily } from "../memo.ts";
import { randomFor } from "../random.ts";
import { type BedTime, nightPlan, type Stretch } from "./night-plan.ts";

/** A time in bed as it was: a stage for every 30 seconds, whatever the ring makes of it. */
export interface Slept {
  start: Instant;
  end: Instant;
  /** One character per 30 s; made when it is first asked for. */
  phases(): string;
}

/** The stretches of the night that ends on `day`, in order. */
export function sleptOn(life: Life, day: DayNumber): (Slept & Pick<BedTime, "part">)[] {
  return nightPlan(life, day).inBed.map((time) => ({ ...live(life, day, time), part: time.part }));
}

export function live(life: Life, day: DayNumber, { from, to }: Stretch): Slept {
  const start = life.calendar.instantAt(life.zoneOn(day), day, from);
  return { start, end: start + (to - from) * MINUTE, phases: lazily(() => phasesOf(life, day, { from, to })) };
}

function phasesOf(life: Life, day: DayNumber, { from, to }: Stretch): string {
  const random = randomFor(life.seed, "slept", day, from);
  const epochs = (to - from) * 2;
  const asleepEpochs = Math.round(epochs * random.between(0.82, 0.93));
  return hypnogram(
    {
      epochs,
      asleepEpochs,
      latencyEpochs: Math.min(random.integer(4, 40), Math.floor((epochs - asleepEpochs) / 2)),
      deepShare: random.between(0.1, 0.22),
      remShare: random.between(0.12, 0.24),
    },
    random,
  );
}
