import { type DayNumber, MINUTE } from "../calendar.ts";
import { AWAKE } from "../hypnogram.ts";
import type { Life } from "../life.ts";
import { physiologyOn } from "../physiology.ts";
import { randomFor } from "../random.ts";
import { recordSleep, SLEEP_DAY_CHANGE, type SleepKind, type SleepPeriod } from "../sleep-period.ts";
import { dayPlan } from "./day-plan.ts";
import { live, type Slept, sleptOn } from "./lived-sleep.ts";
import { nightPlan } from "./night-plan.ts";

/** After so many minutes up, the ring begins another period. */
const UP_MINUTES = 20;
/** Oura's limit between a short sleep and a long one. */
const LONG_MINUTES = 180;

/** The night as the ring cuts it into periods, in order of their ends. */
export function recordNight(life: Life, day: DayNumber): SleepPeriod[] {
  const parts = withoutShortPauses(sleptOn(life, day));
  const random = randomFor(life.seed, "night-records", day);
  const state = physiologyOn(life, day);
  const longest = Math.max(...parts.map(({ phases }) => phases.length));
  const periods = parts.map(({ start, phases }) => {
    const strain = phases.length === longest ? 0 : random.between(1, 6);
    const kind = phases.length / 2 >= LONG_MINUTES ? "long_sleep" : "sleep";
    const heart = { lowest: state.restingHeartRate + strain, hrv: state.hrv * (1 - strain / 40) };
    const breath = state.breathsPerMinute + strain / 20;
    return recorded(life, day, { kind, ofNight: true, start, phases, heart, breath });
  });
  const first = periods[0];
  // Sometimes the ring first makes a small period of the beginning of the night and keeps it.
  if (first && nightPlan(life, day).kind === "ordinary" && random.chance(0.06)) {
    const [skipped, length] = [random.integer(2, 20), random.integer(36, 56)];
    const phases = first.phases.slice(skipped, skipped + length);
    const start = first.start + (skipped * MINUTE) / 2;
    periods.push(recorded(life, day, { kind: "sleep", ofNight: true, start, phases, heart: null, breath: null }));
  }
  return periods.sort((a, b) => a.end - b.end);
}

/** The naps of calendar day `day`, and what the ring took for one. */
export function recordNaps(life: Life, day: DayNumber): SleepPeriod[] {
  return dayPlan(life, day).naps.map((nap, index) => {
    const random = randomFor(life.seed, "nap-records", day, index);
    const state = physiologyOn(life, day);
    const measured = nap.kind !== "deleted" && random.chance(0.5);
    const heart = measured ? { lowest: state.restingHeartRate + random.between(3, 9), hrv: state.hrv * 0.85 } : null;
    const breath = measured ? state.breathsPerMinute + random.between(-0.5, 0.8) : null;
    const sleepDay = nap.to >= SLEEP_DAY_CHANGE ? day + 1 : day;
    const { start, phases } = live(life, day, nap);
    return recorded(life, sleepDay, { kind: nap.kind, ofNight: false, start, phases, heart, breath });
  });
}

/** The night that Oura scores: its parts as one period. `null` if it scores none. */
export function scoredNight(life: Life, day: DayNumber, periods: readonly SleepPeriod[]): SleepPeriod | null {
  const long = periods.filter(({ kind }) => kind === "long_sleep");
  const parts = long.length > 0 || nightPlan(life, day).kind !== "short" ? long : periods;
  const [first] = parts;
  const longest = parts.toSorted((a, b) => b.asleep - a.asleep)[0];
  const last = parts.at(-1);
  if (!first || !longest || !last) return null;
  const sum = (read: (part: SleepPeriod) => number): number => parts.reduce((total, part) => total + read(part), 0);
  const inBed = sum((part) => part.inBed);
  const asleep = sum((part) => part.asleep);
  return {
    ...longest,
    start: first.start,
    end: last.end,
    phases: parts.map(({ phases }) => phases).join(""),
    movement: parts.map(({ movement }) => movement).join(""),
    deep: sum((part) => part.deep),
    light: sum((part) => part.light),
    rem: sum((part) => part.rem),
    asleep,
    inBed,
    awake: inBed - asleep,
    latency: first.latency,
  };
}

type Recording = Pick<SleepPeriod, "ofNight" | "start" | "phases"> & {
  kind: SleepKind;
  heart: { lowest: number; hrv: number } | null;
  breath: number | null;
};

function recorded(life: Life, day: DayNumber, { phases, ...recording }: Recording): SleepPeriod {
  const random = randomFor(life.seed, "record", recording.kind, recording.start);
  const zone = life.zoneOn(day);
  const restlessness = random.between(0.14, 0.28);
  return recordSleep({ ...recording, day, zone, restlessness }, phases, phases.length * 30, random);
}

/** Joins stretches with a pause that the ring takes for waking in bed. */
function withoutShortPauses(stretches: readonly Slept[]): Slept[] {
  const joined: Slept[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    const pause = last ? (stretch.start - last.end) / MINUTE : UP_MINUTES;
    if (!last || pause >= UP_MINUTES) joined.push(stretch);
    else
      joined[joined.length - 1] = {
        ...stretch,
        start: last.start,
        phases: last.phases + AWAKE.repeat(2 * pause) + stretch.phases,
      };
  }
  return joined;
}
