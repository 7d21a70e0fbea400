import { type DayNumber, type Instant, isoDay, MINUTE, SECOND } from "./calendar.ts";
import { phasesPerFiveMinutes, restlessEpochs } from "./hypnogram.ts";
import { documentId, type Life } from "./life.ts";
import { lazily } from "./memo.ts";
import { sleepPeriodsOn } from "./naps.ts";
import type { Placed } from "./placed.ts";
import { randomFor } from "./random.ts";
import { readinessOn } from "./readiness-documents.ts";
import type { SleepPeriod } from "./sleep-period.ts";
import { syncedAt } from "./sleep-sync.ts";

/** Oura's lowest heart rate for a sleep in which it found none. */
const NO_HEART_RATE = 255;

/** `sleep`: one document for each period of the day that has been synced by `horizon`, in order of their ends. */
export function sleepDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  return sleepPeriodsOn(life, day).flatMap((period, index) => {
    const anchor = period.start;
    if (syncedAt(life, period) <= horizon) return [{ anchor, document: sleepDocument(life, period, index) }];
    const soFar = life.person.restless ? lookedAt(life, period) : null;
    if (soFar === null || soFar > horizon) return [];
    return [{ anchor, document: unfinishedDocument(life, period, index, soFar) }];
  });
}

/** On some mornings the wearer opens the app during the night. It then holds a period that has no type or stages yet. */
function lookedAt(life: Life, { ofNight, start, end }: SleepPeriod): Instant | null {
  const random = randomFor(life.seed, "looked-at", start);
  if (!ofNight || random.chance(0.6)) return null;
  return start + Math.floor(((end - start) * random.between(0.5, 0.95)) / MINUTE) * MINUTE;
}

/** Oura's schema requires an end: it is that of the recording so far. */
function unfinishedDocument(life: Life, period: SleepPeriod, index: number, soFar: Instant) {
  const { id, bedtime_start, day, period: number, low_battery_alert, ...rest } = sleepDocument(life, period, index);
  return {
    ...Object.fromEntries(Object.keys(rest).map((field) => [field, null])),
    ...{ id, bedtime_start, day, period: number, low_battery_alert },
    bedtime_end: life.calendar.stamp(period.zone, soFar),
    time_in_bed: (soFar - period.start) / SECOND,
  };
}

function sleepDocument(life: Life, period: SleepPeriod, index: number) {
  const { kind } = period;
  const [heart, stages, movement] = [period.heart(), period.stages(), period.movement()];
  const phases = lazily(() => phasesPerFiveMinutes(period.phases()));
  const stamp = (instant: Instant): string => life.calendar.stamp(period.zone, instant);
  const sample = (items: (number | null)[]) => ({ interval: 300, items, timestamp: stamp(period.start) });
  const night = kind === "long_sleep";
  const delta =
    kind === "sleep" || kind === "late_nap" ? randomFor(life.seed, "delta", period.start).integer(3, 6) : null;
  return {
    id: documentId(life.seed, "sleep", period.day, index),
    average_breath: period.averageBreath,
    average_heart_rate: heart?.averageHeartRate ?? null,
    average_hrv: heart?.averageHrv ?? null,
    awake_time: stages.awake,
    bedtime_end: stamp(period.end),
    bedtime_start: stamp(period.start),
    day: isoDay(period.day),
    deep_sleep_duration: stages.deep,
    efficiency: Math.round((100 * stages.asleep) / period.inBed),
    // Some fields are made when they are read: most answers are without them.
    get heart_rate() {
      return heart && sample(heart.heartRate);
    },
    get hrv() {
      return heart && sample(heart.hrv());
    },
    latency: stages.latency,
    light_sleep_duration: stages.light,
    low_battery_alert: false,
    lowest_heart_rate: heart?.lowestHeartRate ?? NO_HEART_RATE,
    movement_30_sec: movement,
    // Counted from 0 within the sleep day, so a false detection in the evening makes the night number 1.
    period: index,
    get readiness() {
      return night ? readinessOn(life, period.day) : null;
    },
    readiness_score_delta: night ? 0 : delta,
    rem_sleep_duration: stages.rem,
    restless_periods: restlessEpochs(movement),
    sleep_algorithm_version: "v2",
    sleep_analysis_reason: night ? "foreground_sleep_analysis" : "background_sleep_analysis",
    sleep_phase_30_sec: period.phases(),
    get sleep_phase_5_min() {
      return phases();
    },
    sleep_score_delta: night ? 0 : delta,
    time_in_bed: period.inBed,
    total_sleep_duration: stages.asleep,
    type: kind,
    ring_id: ringOf(life, period.day),
    get app_sleep_phase_5_min() {
      return phases();
    },
  };
}

/** The ring that recorded a sleep, by its id in `ring_configuration`; mostly Oura does not say. */
function ringOf(life: Life, day: DayNumber): string | null {
  const { lastRingDaysAgo, rings } = life.person;
  if (lastRingDaysAgo === null) return null;
  const isLast = day > life.timeline.anchorDay - lastRingDaysAgo;
  return documentId(life.seed, "ring_configuration", 0, isLast ? rings.length - 1 : 0);
}
