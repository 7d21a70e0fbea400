import { countBefore, type HeartRateRow, readingsWithin } from "../../analytics/intraday/heart-rate-readings.ts";
import { countZoneMinutes, type ZoneMinutes, zoneShares } from "../../analytics/intraday/heart-rate-zones.ts";
import { sum } from "../../analytics/sum.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { sayZoneMinutes } from "../../question/heart-rate-zones.ts";
import { nameActivity } from "../../words/activity-name.ts";
import { formatDay, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { dayAt, type Interval, type LocalTime, sayClock, sayInstant } from "./local-time.ts";

type WorkoutDocument = OuraDocument<"workout_details">;

/** The time in heart-rate zones of one workout, or of all workouts of one activity. */
export interface WorkoutZones {
  /** The name of the activity, or "workout" when it is not known. */
  what: string;
  count: number;
  start: number;
  end: number;
  /** The total duration. `measured` is the number of minutes with a measured heart rate. */
  minutes: number;
  measured: number;
  /** The minutes in each heart-rate zone. Null when no heart rate was measured. */
  time: ZoneMinutes | null;
}

/**
 * The answer lists up to this many workouts one by one. If there are more, workouts of the same activity are added up.
 */
const mostListed = 10;

/** Workouts that begin in the interval. A workout is left out when part of its heart rate could not be read. */
export function findWorkoutZones(
  workouts: readonly WorkoutDocument[],
  rows: readonly HeartRateRow[],
  { start, end }: Interval,
  unread: readonly UnreadStretch[],
  maximum: number,
): WorkoutZones[] {
  const timed = readTimes(workouts, { start, end }).filter(
    (one) => !unread.some((stretch) => stretch.start < one.end && stretch.end > one.start),
  );
  const ordered = readingsWithin(rows, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const single = timed.map(({ what, ...times }): WorkoutZones => {
    const own = ordered.slice(countBefore(ordered, times.start), countBefore(ordered, times.end));
    const time = countZoneMinutes(own, times.start, times.end, maximum);
    const minutes = (times.end - times.start) / 60_000;
    return { what, count: 1, ...times, minutes, measured: time ? sum([time.below, ...time.zones]) : 0, time };
  });
  return single.length <= mostListed ? single : [...Map.groupBy(single, ({ what }) => what).values()].map(addUp);
}

/** Workouts that have a start and an end and that start in the interval, oldest first. */
export function readTimes(workouts: readonly WorkoutDocument[], { start, end }: Interval) {
  return workouts
    .map(({ activity, start_datetime, end_datetime }) => ({
      what: nameActivity(activity).name ?? "workout",
      start: Date.parse(start_datetime ?? ""),
      end: Date.parse(end_datetime ?? ""),
    }))
    .filter((one) => one.end > one.start && one.start >= start && one.start < end) // a time that is NaN is left out
    .toSorted((one, next) => one.start - next.start);
}

function addUp(group: readonly WorkoutZones[]): WorkoutZones {
  const times = group.flatMap(({ time }) => time ?? []);
  return {
    what: group[0]?.what ?? "workout",
    count: sum(group.map(({ count }) => count)),
    start: Math.min(...group.map(({ start }) => start)),
    end: Math.max(...group.map(({ end }) => end)),
    minutes: sum(group.map(({ minutes }) => minutes)),
    measured: sum(group.map(({ measured }) => measured)),
    time:
      times.length === 0
        ? null
        : {
            below: sum(times.map(({ below }) => below)),
            zones: zoneShares.map((_, index) => sum(times.map(({ zones }) => zones[index] ?? 0))),
          },
  };
}

export function zoneTable(zones: readonly WorkoutZones[], local: LocalTime): { columns: string[]; rows: Cell[][] } {
  const isAdded = zones.some(({ count }) => count > 1);
  return {
    columns: [
      ...["workout", isAdded ? "count" : "start", "minutes", "measured_min", "below_min"],
      ...zoneShares.map((_, index) => `zone_${index + 1}_min`),
    ],
    rows: zones.map(({ what, count, start, minutes, measured, time }) => [
      what,
      isAdded ? count : sayInstant(start, local),
      round(minutes),
      round(measured),
      time && round(time.below, 1),
      ...zoneShares.map((_, index) => time && round(time.zones[index], 1)),
    ]),
  };
}

/**
 * Example: "Time in zones: running 18:25-19:10: zone 2 3 min, zone 3 12 min, and zone 4 30 min." The times of several
 * workouts are also added up.
 */
export function sayZones(zones: readonly WorkoutZones[], withDays: boolean, local: LocalTime): string | null {
  if (zones.length === 0) return null;
  const named =
    zones.length === 1
      ? zones
      : [...(zones.length <= mostNamed ? zones : []), { ...addUp(zones), what: "all workouts" }];
  return `Time in zones: ${named.map((one) => sayOne(one, withDays, local)).join("; ")}.`;
}

const mostNamed = 3;

function sayOne({ what, count, start, end, time }: WorkoutZones, withDays: boolean, local: LocalTime): string {
  const day = withDays ? `${formatDay(dayAt(start, local))} ` : "";
  const when = count > 1 ? `(${count})` : `${day}${sayClock(start, local)}-${sayClock(end, local)}`;
  if (time === null) return `${what} ${when}: no heart rate`;
  return `${what} ${when}: ${sayZoneMinutes(time)}`;
}

export const noMaximum =
  "Time in heart-rate zones of workouts needs max_bpm, or an age in Personal Info that this assistant may read.";
