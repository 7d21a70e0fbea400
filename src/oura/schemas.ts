/**
 * Schemas of the parts of Oura's documents that Ringbridge reads. They are lenient on purpose: a value of an unexpected
 * type becomes null, an unknown enum value is kept as text, and a new field is ignored. Three fields are required: the
 * day of a document, the timestamp of a heart rate and the id of a profile. A request asks Oura for exactly the keys of
 * the schema (the parameter `fields`).
 */
import * as z from "zod";
import { type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { withPlain } from "./plain-values.ts";

const day = withPlain(
  z.string().transform((text, context): IsoDay => {
    const parsed = parseIsoDay(text.slice(0, 10));
    if (parsed) return parsed;
    context.addIssue({ code: "custom", message: "not a day" });
    return z.NEVER;
  }),
  isDay,
);
const dayOrNull = withPlain(day.nullable().catch(null), (value) => value === null || isDay(value));
const number = withPlain(z.number().nullable().catch(null), (value) => value === null || Number.isFinite(value));
/** A name, a timestamp or an enum value. Answers repeat these texts, so a longer text is replaced by null. */
const word = textUpTo(100);
/** Text that the wearer typed, of any length. Answers quote only its beginning. */
const freeText = withPlain(z.string().nullable().catch(null), (value) => value === null || typeof value === "string");
/** One digit for every 30 s or every 5 min of a sleep. The limit is enough for 36 hours at one digit for every 30 s. */
const digits = textUpTo(4_320);
const yesOrNo = withPlain(z.boolean().nullable().catch(null), (value) => value === null || typeof value === "boolean");

function isDay(value: unknown): boolean {
  return typeof value === "string" && parseIsoDay(value) !== null;
}

function textUpTo(most: number) {
  return withPlain(
    z.string().max(most).nullable().catch(null),
    (value) => value === null || (typeof value === "string" && value.length <= most),
  );
}

/**
 * A number outside the range is replaced by null. Oura writes special numbers for "not measured", for example a heart
 * rate of 255 bpm or a blood oxygen of 0.0 %.
 */
function between(low: number, high: number) {
  return withPlain(
    z.number().min(low).max(high).nullable().catch(null),
    (value) => value === null || (typeof value === "number" && value >= low && value <= high),
  );
}

/** Oura writes 0 when it withholds a score, for example while the wearer has switched on rest mode. */
const score = between(1, 100);

export const dailySleep = z.object({ day, score });

/**
 * The ratings from which Oura computes a score, from 1 to 100 (for resilience from 0). Answers mention only those that
 * are listed in contributors.ts.
 */
const contributors = z.record(z.string(), between(0, 100)).nullable().catch(null);

export const sleepContributors = z.object({ day, score, contributors });
export const readinessContributors = z.object({ day, score, contributors });

export const dailyReadiness = z.object({
  day,
  score,
  temperature_deviation: between(-5, 5),
  temperature_trend_deviation: between(-5, 5),
});

export const dailyActivity = z.object({
  day,
  timestamp: word,
  score,
  steps: number,
  active_calories: number,
  total_calories: number,
  high_activity_time: number,
  medium_activity_time: number,
  low_activity_time: number,
  equivalent_walking_distance: number,
  target_calories: number,
  target_meters: number,
  meters_to_target: number,
  sedentary_time: number,
  resting_time: number,
  inactivity_alerts: number,
  non_wear_time: number,
});

/**
 * Oura's ratings of a day's activity. If the ring was hardly worn on a day, the ratings do not describe that day. So
 * the fields that show how long the ring was worn are read too.
 */
export const activityContributors = z.object({
  day,
  timestamp: word,
  score,
  steps: number,
  non_wear_time: number,
  contributors,
});

export const dailyStress = z.object({ day, stress_high: number, recovery_high: number, day_summary: word });

export const dailySpo2 = z.object({
  day,
  spo2_percentage: z
    .object({ average: between(50, 100) })
    .nullable()
    .catch(null),
  breathing_disturbance_index: number,
});

export const dailyResilience = z.object({ day, level: word });

export const resilienceContributors = z.object({ day, level: word, contributors });

export const dailyCardiovascularAge = z.object({ day, vascular_age: number, pulse_wave_velocity: number });

export const vo2Max = z.object({ day, vo2_max: number });

export const sleepTime = z.object({
  day,
  optimal_bedtime: z.object({ start_offset: z.number(), end_offset: z.number() }).nullable().catch(null),
  recommendation: word,
  status: word,
});

export const sleepPeriod = z.object({
  day,
  type: word,
  bedtime_start: word,
  bedtime_end: word,
  total_sleep_duration: number,
  deep_sleep_duration: number,
  rem_sleep_duration: number,
  light_sleep_duration: number,
  awake_time: number,
  latency: number,
  average_heart_rate: between(25, 220),
  lowest_heart_rate: between(25, 220),
  average_hrv: between(1, 500),
  average_breath: between(3, 60),
  restless_periods: number,
});

/** Samples every `interval` seconds, the first at `timestamp`. A sample is null when nothing was measured. */
const samples = z
  .object({ interval: z.number().positive(), items: z.array(number), timestamp: word })
  .nullable()
  .catch(null);

export const sleepPeriodWithSeries = sleepPeriod.extend({
  heart_rate: samples,
  hrv: samples,
  sleep_phase_5_min: digits,
  sleep_phase_30_sec: digits,
  movement_30_sec: digits,
});

/** The metabolic equivalents (MET) per minute are Oura's only data on when a person moved within the day. */
export const dailyActivityWithSeries = dailyActivity.extend({ met: samples });

export const heartRate = z.object({ timestamp: z.string(), bpm: between(25, 220), source: word });

export const workout = z.object({ day, intensity: word, start_datetime: word });

export const workoutDetails = z.object({
  day,
  activity: word,
  intensity: word,
  start_datetime: word,
  end_datetime: word,
  calories: number,
  distance: number,
  label: freeText,
});

/** A guided or unguided session, such as a meditation. The measurements during the session are not fetched. */
export const session = z.object({ day, type: word, mood: word, start_datetime: word, end_datetime: word });

/** The text that the wearer typed is not fetched, because most questions do not need it. */
export const enhancedTag = z.object({
  start_day: day,
  end_day: dayOrNull,
  tag_type_code: word,
  start_time: word,
  end_time: word,
});

export const enhancedTagDetails = enhancedTag.extend({
  custom_name: freeText,
  comment: freeText,
});

/** Oura serves old tags only in this form, and new tags both in this form and in the newer form. */
export const oldTag = z.object({ day, timestamp: word, text: freeText, tags: z.array(z.string()).catch([]) });

export const restModePeriod = z.object({
  start_day: day,
  end_day: dayOrNull,
  start_time: word,
  end_time: word,
});

/** Which ring recorded a sleep. Oura sends this only for some accounts. */
export const sleepRing = z.object({ day, type: word, bedtime_end: word, ring_id: word });

export const ringConfiguration = z.object({
  id: word,
  color: word,
  design: word,
  firmware_version: word,
  hardware_type: word,
  set_up_at: word,
  size: number,
});

export const ringBatteryLevel = z.object({
  timestamp: word,
  level: between(0, 100),
  charging: yesOrNo,
  in_charger: yesOrNo,
});

export const personalInfo = z.object({
  id: z.string().min(1),
  age: number,
  weight: number,
  height: number,
  biological_sex: word,
});
