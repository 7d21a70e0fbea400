import { type DayNumber, MINUTE, SECOND } from "../calendar.ts";
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
  const longest = Math.max(...parts.map(lengthOf));
  const periods = parts.map((part) => {
    const strain = lengthOf(part) === longest ? 0 : random.between(1, 6);
    const kind = lengthOf(part) >= LONG_MINUTES * MINUTE ? "long_sleep" : "sleep";
    const heart = { lowest: state.restingHeartRate + strain, hrv: state.hrv * (1 - strain / 40) };
    const breath = state.breathsPerMinute + strain / 20;
    return recorded(life, day, { ...part, kind, ofNight: true, heart, breath });
  });
  const first = periods[0];
  // Sometimes the ring first makes a small period of the beginning of the night and keeps it.
  if (first && nightPlan(life, day).kind === "ordinary" && random.chance(0.06)) {
    const [skipped, length] = [random.integer(2, 20), random.integer(36, 56)];
    const start = first.start + (skipped * MINUTE) / 2;
    const phases = () => first.phases().slice(skipped, skipped + length);
    const part = { start, end: start + (length * MINUTE) / 2, phases };
    periods.push(recorded(life, day, { ...part, kind: "sleep", ofNight: true, heart: null, breath: null }));
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
    return recorded(life, sleepDay, { ...live(life, day, nap), kind: nap.kind, ofNight: false, heart, breath });
  });
}

/** The night that Oura scores: its parts as one period. `null` if it scores none. */
export function scoredNight(life: Life, day: DayNumber, periods: readonly SleepPeriod[]): SleepPeriod | null {
  const long = periods.filter(({ kind }) => kind === "long_sleep");
  const parts = long.length > 0 || nightPlan(life, day).kind !== "short" ? long : periods;
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first ?? null;
  const longest = others.reduce((most, part) => (part.stages().asleep > most.stages().asleep ? part : most), first);
  const last = parts.at(-1) ?? first;
  return {
    kind: longest.kind,
    ofNight: longest.ofNight,
    day: longest.day,
    zone: longest.zone,
    start: first.start,
    end: last.end,
    inBed: sumOf(parts, ({ inBed }) => inBed),
    phases: () => parts.map(({ phases }) => phases()).join(""),
    movement: () => parts.map(({ movement }) => movement()).join(""),
    stages: () => ({
      deep: sumOf(parts, (part) => part.stages().deep),
      light: sumOf(parts, (part) => part.stages().light),
      rem: sumOf(parts, (part) => part.stages().rem),
      asleep: sumOf(parts, (part) => part.stages().asleep),
      awake: sumOf(parts, (part) => part.stages().awake),
      latency: first.stages().latency,
    }),
    heart: longest.heart,
    averageBreath: longest.averageBreath,
  };
}

function sumOf(parts: readonly SleepPeriod[], read: (part: SleepPeriod) => number): number {
  return parts.reduce((total, part) => total + read(part), 0);
}

type Recording = Slept &
  Pick<SleepPeriod, "ofNight"> & {
    kind: SleepKind;
    heart: { lowest: number; hrv: number } | null;
    breath: number | null;
  };

function recorded(life: Life, day: DayNumber, recording: Recording): SleepPeriod {
  const random = randomFor(life.seed, "record", recording.kind, recording.start);
  const zone = life.zoneOn(day);
  const restlessness = random.between(0.14, 0.28);
  return recordSleep({ ...recording, day, zone, restlessness, inBed: lengthOf(recording) / SECOND }, random);
}

function lengthOf({ start, end }: Slept): number {
  return end - start;
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
        phases: () => last.phases() + AWAKE.repeat(2 * pause) + stretch.phases(),
      };
  }
  return joined;
}
