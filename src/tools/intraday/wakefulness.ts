import { dayMilliseconds, type IsoDay } from "../../analytics/day.ts";
import type { SleepDay, SleepPart } from "../../oura/night.ts";
import type { RecordedSleep } from "./night-lows.ts";

type Day = SleepDay<RecordedSleep>;

/** In epoch ms. `day` is the day to which the sleep belongs. */
interface Stretch {
  day: IsoDay;
  start: number;
  end: number;
  part: SleepPart<RecordedSleep>;
}

export type Wakefulness =
  /** `stage` is the sleep phase, or null when the record has no phase for the given time. */
  | { kind: "in_bed"; what: "night" | "nap"; start: number; end: number; stage: string | null }
  /** Awake since the end of the last long sleep (`since`), except for the times in `naps`. */
  | { kind: "awake"; since: number; naps: readonly { start: number; end: number }[] }
  /** The night that belongs to `day` has no record, so it is not known when the wearer last slept. */
  | { kind: "unknown"; day: IsoDay };

const stages: Readonly<Record<string, string>> = { "1": "deep", "2": "light", "3": "rem", "4": "awake" };

/**
 * @param days The sleep of the days around the given time
 * @param moment The given time in epoch ms
 * @param day The wearer's calendar day at the given time
 */
export function wakefulnessAt(days: readonly Day[], moment: number, day: IsoDay): Wakefulness {
  const long = days.flatMap((one) => [one.night, ...one.secondSleeps].flatMap((sleep) => stretchesOf(one.day, sleep)));
  const naps = days.flatMap((one) => one.naps.flatMap((nap) => stretchesOf(one.day, nap)));
  for (const [what, stretches] of [
    ["night", long],
    ["nap", naps],
  ] as const) {
    const at = stretches.find(({ start, end }) => moment >= start && moment < end);
    if (at) return { kind: "in_bed", what, start: at.start, end: at.end, stage: stageAt(at, moment) };
  }
  const before = long.filter(({ end }) => end <= moment);
  const last = before.reduce<Stretch | null>((latest, one) => (latest && latest.end >= one.end ? latest : one), null);
  // `last` is the last long sleep before the given time. If `last` belongs to a day before `day`, the wearer may have
  // slept once more without a record. This is ruled out if the night of `day` is recorded and began after the given
  // time. If it is not ruled out, `last` is not used.
  const isLast = last !== null && (last.day >= day || long.some((one) => one.day === day && one.start > moment));
  const isNextDay = last !== null && Date.parse(day) - Date.parse(last.day) <= dayMilliseconds;
  if (!last || !isLast || !isNextDay) return { kind: "unknown", day };
  return {
    kind: "awake",
    since: last.end,
    naps: naps
      .filter(({ start, end }) => start >= last.end && end <= moment)
      .map(({ start, end }) => ({ start, end }))
      .toSorted((one, other) => one.start - other.start),
  };
}

function stretchesOf(day: IsoDay, sleep: Day["night"]): Stretch[] {
  return (sleep?.parts ?? []).map((part) => ({ day, start: part.start, end: part.end, part }));
}

function stageAt({ start, part: { period } }: Stretch, moment: number): string | null {
  const [digits, digitMs] = period.sleep_phase_30_sec
    ? [period.sleep_phase_30_sec, 30_000]
    : [period.sleep_phase_5_min ?? "", 300_000];
  return stages[digits[Math.floor((moment - start) / digitMs)] ?? ""] ?? null;
}
