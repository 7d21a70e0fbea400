import { dayMilliseconds, type IsoDay } from "../../analytics/day.ts";
import type { SleepDay, SleepPart } from "../../oura/night.ts";
import type { RecordedSleep } from "./night-lows.ts";

type Day = SleepDay<RecordedSleep>;

/** A stretch of sleep in epoch ms, with the day it belongs to. */
interface Stretch {
  day: IsoDay;
  start: number;
  end: number;
  part: SleepPart<RecordedSleep>;
}

/** Whether the wearer was awake at a moment, and since when, as Oura's records of sleep show. */
export type Wakefulness =
  /** In bed: `stage` is null where the record has no phase for the moment. */
  | { kind: "in_bed"; what: "night" | "nap"; start: number; end: number; stage: string | null }
  /** Awake since the night or long sleep before; `naps` ended between it and the moment. */
  | { kind: "awake"; since: number; naps: readonly { start: number; end: number }[] }
  /** No record of the night of `day`, so what is the last sleep is not known. */
  | { kind: "unknown"; day: IsoDay };

/** The meaning of the digits in Oura's phase strings. */
const stages: Readonly<Record<string, string>> = { "1": "deep", "2": "light", "3": "rem", "4": "awake" };

/**
 * @param days the sleep of the days around the moment
 * @param moment epoch ms
 * @param day the wearer's day of the moment
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
  // A sleep of an earlier day is the last one only if the night of the moment's day came later.
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
