import { roundTo } from "./arithmetic.ts";
import { type DayNumber, type Instant, MINUTE, SECOND } from "./calendar.ts";
import { AWAKE, hypnogram, movements, stagesOf } from "./hypnogram.ts";
import { lazily } from "./memo.ts";
import { type Random, randomFor } from "./random.ts";
import { type HeartSamples, sampleHeart } from "./sleep-samples.ts";

/** Local minutes past midnight at which Oura's sleep day changes: a sleep that ends later belongs to the next day. */
export const SLEEP_DAY_CHANGE = 18 * 60;

export type SleepKind = "long_sleep" | "sleep" | "late_nap" | "rest" | "deleted";

/** One sleep period as the ring recorded it. What few documents need is made when it is first asked for. */
export interface SleepPeriod {
  kind: SleepKind;
  /** Whether the app shows it only once the wearer opens it in the morning. */
  ofNight: boolean;
  day: DayNumber;
  zone: string;
  start: Instant;
  end: Instant;
  /** Seconds. */
  inBed: number;
  /** One character per 30 s. */
  phases(): string;
  movement(): string;
  stages(): StageSeconds;
  /** `null` when the ring found no heart rate, as in half of the naps. */
  heart(): HeartSamples | null;
  averageBreath: number | null;
}

/** Seconds; deep + light + rem = asleep, asleep + awake = time in bed. */
export interface StageSeconds {
  deep: number;
  light: number;
  rem: number;
  asleep: number;
  awake: number;
  latency: number;
}

export interface SleepPlan {
  kind: SleepKind;
  day: DayNumber;
  zone: string;
  start: Instant;
  asleepSeconds: number;
  /** Share of the time in bed spent asleep. */
  efficiency: number;
  latencySeconds: number;
  deepShare: number;
  remShare: number;
  restlessness: number;
  heart: { lowest: number; hrv: number } | null;
  breath: number | null;
}

export function sleepPeriod(plan: SleepPlan, seed: string): SleepPeriod {
  const random = randomFor(seed, plan.kind, plan.start);
  const asleepEpochs = Math.round(plan.asleepSeconds / 30);
  const epochs = Math.max(asleepEpochs + 1, Math.round(plan.asleepSeconds / plan.efficiency / 30));
  // Time in bed is not a multiple of 30 s: the remaining seconds count as awake.
  const inBed = epochs * 30 + random.integer(0, 29);
  const latencyEpochs = Math.round(plan.latencySeconds / 30);
  const shape = { epochs, asleepEpochs, latencyEpochs, deepShare: plan.deepShare, remShare: plan.remShare };
  const recording = { ...plan, ofNight: plan.kind === "long_sleep", inBed, phases: () => hypnogram(shape, random) };
  return recordSleep(recording, random);
}

/** A time in bed whose stages are known. */
export interface RecordedSleep
  extends Pick<SleepPlan, "kind" | "day" | "zone" | "start" | "restlessness" | "heart" | "breath"> {
  ofNight: boolean;
  /** Seconds. */
  inBed: number;
  /** One character per whole 30 s; asked once. */
  phases(): string;
}

/** What the ring makes of a time in bed. */
export function recordSleep(sleep: RecordedSleep, random: Random): SleepPeriod {
  const { kind, ofNight, day, zone, start, inBed } = sleep;
  // One stream gives everything, so everything is drawn in the same order, whatever is asked for first.
  const lived = lazily(() => sleep.phases());
  const movement = lazily(() => movements(lived(), sleep.restlessness, random));
  const heart = lazily(() => {
    movement();
    return sleep.heart && sampleHeart(sleep.heart, lived(), Math.ceil(inBed / 300), random);
  });
  const stages = lazily(() => {
    const seconds = stagesOf(lived());
    return { ...seconds, awake: inBed - seconds.asleep, latency: Math.max(0, lived().search(/[123]/)) * 30 };
  });
  return {
    kind,
    ofNight,
    day,
    zone,
    start,
    end: start + inBed * SECOND,
    inBed,
    phases: () => (inBed % 30 === 0 ? lived() : lived() + AWAKE),
    movement,
    stages,
    heart,
    averageBreath: sleep.breath === null ? null : roundTo(sleep.breath, 8),
  };
}

/** A start time with whole seconds, randomly shifted so that start times are not full minutes. */
export function jitter(instant: Instant, random: Random): Instant {
  return instant + random.integer(0, MINUTE / SECOND - 1) * SECOND;
}
