import type { MetricModel, MetricPrior } from "../analytics/metric-model.ts";
import type { StrainMetric, StrainSigns } from "../analytics/strain.ts";
import type { DayDocument } from "./day-documents.ts";
import { localMinute, type Sleep } from "./night.ts";
import { type DayRouteName, wornAt } from "./routes.ts";

/** "clock" is a time of day, in minutes after local midnight. */
export type MetricUnit =
  | "points"
  | "steps"
  | "bpm"
  | "ms"
  | "h"
  | "°C"
  | "/min"
  | "%"
  | "min"
  | "clock"
  | "kcal"
  | "km"
  | "years"
  | "m/s"
  | "ml/kg/min"
  | "periods"
  | "index"
  | "level";

/**
 * Everything that the server knows about one metric: its name and unit, the Oura route from which it is read, in which
 * kinds of questions it is used, and its statistical model. The route decides which permission the metric needs and
 * which rings measure it.
 */
export interface Metric {
  label: string;
  unit: MetricUnit;
  /** How many digits answers show after the decimal point. */
  decimals: number;
  meaning: string;
  route: DayRouteName;
  /** A "day" metric is complete only when its day ends, so it has no value for today. */
  measured: "night" | "day";
  /** Null if neither is better, or if the person's usual value is best. */
  better: "higher" | "lower" | null;
  /**
   * The direction of change that may be a sign of illness or other bodily strain. Null for a metric that shows no such
   * signs. {@link StrainSigns} lists the metrics that show them.
   */
  adverse: "up" | "down" | null;
  /** Whether a tool uses the metric when the question names no metrics. */
  isEveryday: boolean;
  /**
   * Whether `oura_find_influences` can look for what influences this metric. Such a metric is measured at night, so
   * that the events of the day come before it.
   */
  isOutcome: boolean;
  /** Set for a metric that an answer shows only if the question names it. */
  isOnRequest?: true;
  /**
   * Set if Oura computes a value only on some days. A day without a value is then normal, and not reported as missing.
   */
  isSparse?: true;
  /**
   * Set for a metric whose values are words, such as "solid". The list holds Oura's words, the lowest first. A value of
   * the metric is the position of its word in this list, counted from 1. The distances between the words are unknown,
   * so a mean would have no meaning. The statistics tool counts the days with each word instead, and other tools do not
   * use such metrics.
   */
  levels?: readonly string[];
  /**
   * The smallest and the largest plausible value, in the metric's unit. A value outside is either an error or a special
   * number that Oura writes for "not measured". Such a value is treated as missing.
   */
  plausible: { min: number; max: number };
  model: MetricModel;
  /**
   * The value of one day, from the documents of the metric's route for that day. Null when these documents hold no
   * value.
   */
  read(documents: readonly unknown[]): number | null;
}

type MetricRow = Omit<Metric, "route" | "read" | "measured" | "model"> & { model: Omit<MetricModel, "atNight"> };

/**
 * Creates a metric. The type of `route` decides which documents `read` accepts. The type of the finished metric does
 * not contain the route, so callers must pass documents of the metric's own route.
 */
function metric<Name extends DayRouteName, const Row extends MetricRow>(
  route: Name,
  row: Row,
  read: (documents: readonly DayDocument<Name>[]) => number | null | undefined,
): Metric & Pick<Row, "adverse" | "isOutcome"> & { route: Name } {
  const measured = wornAt(route) === "day" ? "day" : "night";
  return {
    ...row,
    route,
    measured,
    model: { ...row.model, atNight: measured === "night" },
    read: (documents) => read(documents as readonly DayDocument<Name>[]) ?? null, // callers pass documents of `route`
  };
}

function nightMetric<const Row extends MetricRow>(
  row: Row,
  read: (night: Sleep) => number | null,
): Metric & Pick<Row, "adverse" | "isOutcome"> & { route: "sleep" } {
  return metric("sleep", row, (days) => {
    const night = newest(days)?.night;
    return night ? read(night) : null;
  });
}

/** The last of the documents of one day. A later document corrects an earlier one. */
function newest<Document>(documents: readonly Document[]): Document | undefined {
  return documents.at(-1);
}

function seconds(value: number | null | undefined, secondsPerUnit: number): number | null {
  return value === null || value === undefined ? null : value / secondsPerUnit;
}

export const resilienceLevels = ["limited", "adequate", "solid", "strong", "exceptional"] as const;

/**
 * The prior of a metric of which only one thing is known: the usual SD (standard deviation) of single days. A prior is
 * what the statistical model assumes before it has seen any day of the wearer. `sd` is on the scale of the metric's
 * model. `phi` (the correlation of neighbouring days) and `slowShare` (the share of the variance that changes over
 * weeks) are typical of other metrics.
 */
function typical(sd: number): MetricPrior {
  return { of: "scale", sd, phi: 0.2, slowShare: 0.2 };
}

function activeMinutes(activity: DayDocument<"daily_activity"> | undefined): number | null {
  const { low_activity_time: low, medium_activity_time: medium, high_activity_time: high } = activity ?? {};
  return low == null || medium == null || high == null ? null : (low + medium + high) / 60;
}

const score = {
  unit: "points",
  decimals: 0,
  better: "higher",
  adverse: null,
  plausible: { min: 1, max: 100 },
} as const;
const scoreModel = {
  transform: "none",
  change: "percent_and_points",
  percentAbove: 5,
  sdFloor: 3,
  prior: typical(8),
} as const;
const stage = { unit: "min", decimals: 0, better: null, adverse: null, plausible: { min: 0, max: 1440 } } as const;
const stageModel = {
  transform: "none",
  change: "percent",
  percentAbove: 5,
  weekday: true,
  sdFloor: 5,
  prior: typical(20),
} as const;
const daytime = { unit: "min", decimals: 0, adverse: null, plausible: { min: 0, max: 1440 } } as const;
const daytimeModel = {
  transform: "none",
  change: "percent",
  percentAbove: 30,
  weekday: true,
  sdFloor: 15,
  prior: typical(40),
} as const;
const clock = { unit: "clock", decimals: 0, better: null, adverse: null, plausible: { min: 0, max: 1440 } } as const;
const clockModel = {
  transform: "clock",
  change: "minutes",
  percentAbove: 0,
  weekday: true,
  sdFloor: 10,
  prior: typical(45),
} as const;

/** In the order in which answers show them. */
export const metrics = {
  sleep_score: metric(
    "daily_sleep",
    {
      ...score,
      isEveryday: true,
      isOutcome: true,
      label: "Sleep score",
      meaning: "Ōura's rating of the night",
      model: { ...scoreModel, weekday: false },
    },
    (documents) => newest(documents)?.score,
  ),
  readiness_score: metric(
    "daily_readiness",
    {
      ...score,
      isEveryday: true,
      isOutcome: true,
      label: "Readiness score",
      meaning: "Ōura's rating of how recovered the body is",
      model: { ...scoreModel, weekday: false },
    },
    (documents) => newest(documents)?.score,
  ),
  activity_score: metric(
    "daily_activity",
    {
      ...score,
      isEveryday: true,
      isOutcome: false,
      label: "Activity score",
      meaning: "Ōura's rating of the day's movement",
      model: { ...scoreModel, weekday: true },
    },
    (documents) => newest(documents)?.score,
  ),
  steps: metric(
    "daily_activity",
    {
      isEveryday: true,
      isOutcome: false,
      label: "Steps",
      unit: "steps",
      decimals: 0,
      meaning: "steps of the day",
      better: "higher",
      adverse: null,
      plausible: { min: 0, max: 200_000 },
      model: {
        transform: "ln",
        change: "percent",
        percentAbove: 100,
        weekday: true,
        sdFloor: 0.12,
        prior: { of: "level", sd: 0.42, phi: 0.1, slowShare: 0.25 },
      },
    },
    (documents) => newest(documents)?.steps,
  ),
  resting_heart_rate: nightMetric(
    {
      isEveryday: true,
      isOutcome: true,
      label: "Resting heart rate",
      unit: "bpm",
      decimals: 0,
      meaning: "lowest heart rate of the night",
      better: null,
      adverse: "up",
      plausible: { min: 25, max: 220 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 25,
        weekday: false,
        sdFloor: 1,
        prior: { of: "scale", sd: 2.3, phi: 0.4, slowShare: 0.15 },
      },
    },
    (night) => night.lowest_heart_rate,
  ),
  hrv: nightMetric(
    {
      isEveryday: true,
      isOutcome: true,
      label: "Heart rate variability",
      unit: "ms",
      decimals: 0,
      meaning: "mean heart rate variability (RMSSD) of the night",
      better: null,
      adverse: "down",
      plausible: { min: 1, max: 500 },
      model: {
        transform: "ln",
        change: "percent",
        percentAbove: 2,
        weekday: false,
        sdFloor: 0.05,
        prior: { of: "scale", sd: 0.19, phi: 0.35, slowShare: 0.1 },
      },
    },
    (night) => night.average_hrv,
  ),
  total_sleep: nightMetric(
    {
      isEveryday: true,
      isOutcome: true,
      label: "Total sleep",
      unit: "h",
      decimals: 1,
      meaning: "time asleep in the night, naps not included",
      better: null,
      adverse: null,
      plausible: { min: 0.01, max: 24 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 0.5,
        weekday: true,
        sdFloor: 0.25,
        prior: { of: "scale", sd: 1.1, phi: 0.05, slowShare: 0.1 },
      },
    },
    (night) => seconds(night.total_sleep_duration, 3600),
  ),
  temperature_deviation: metric(
    "daily_readiness",
    {
      isEveryday: true,
      isOutcome: true,
      label: "Skin temperature",
      unit: "°C",
      decimals: 2,
      meaning: "skin temperature of the night, as a difference from the wearer's own usual",
      better: null,
      adverse: "up",
      plausible: { min: -5, max: 5 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.08,
        prior: { of: "scale", sd: 0.3, phi: 0.15, slowShare: 0.3 },
      },
    },
    (documents) => newest(documents)?.temperature_deviation,
  ),
  breathing_rate: nightMetric(
    {
      isEveryday: true,
      isOutcome: true,
      label: "Breathing rate",
      unit: "/min",
      decimals: 1,
      meaning: "mean breaths per minute of the night",
      better: null,
      adverse: "up",
      plausible: { min: 3, max: 60 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 3,
        weekday: false,
        sdFloor: 0.2,
        prior: { of: "scale", sd: 0.5, phi: 0.3, slowShare: 0.1 },
      },
    },
    (night) => night.average_breath,
  ),
  sleep_efficiency: nightMetric(
    {
      isEveryday: true,
      isOutcome: true,
      label: "Sleep efficiency",
      unit: "%",
      decimals: 0,
      meaning: "share of the time in bed spent asleep in the night",
      better: "higher",
      adverse: null,
      plausible: { min: 1, max: 100 },
      model: {
        transform: "none",
        change: "percent_and_points",
        percentAbove: 5,
        weekday: false,
        sdFloor: 1,
        prior: { of: "scale", sd: 2.2, phi: 0.05, slowShare: 0.15 },
      },
    },
    (night) => night.efficiency,
  ),
  spo2: metric(
    "daily_spo2",
    {
      isEveryday: false,
      isOutcome: true,
      label: "Blood oxygen",
      unit: "%",
      decimals: 1,
      meaning: "mean blood oxygen saturation (SpO2) of the night",
      better: "higher",
      adverse: null,
      plausible: { min: 50, max: 100 },
      model: {
        transform: "none",
        change: "points",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.3,
        prior: { of: "scale", sd: 0.6, phi: 0.05, slowShare: 0.25 },
      },
    },
    (documents) => newest(documents)?.spo2_percentage?.average,
  ),
  deep_sleep: nightMetric(
    {
      ...stage,
      isEveryday: false,
      isOutcome: true,
      label: "Deep sleep",
      meaning: "deep sleep of the night",
      model: stageModel,
    },
    (night) => seconds(night.deep_sleep_duration, 60),
  ),
  rem_sleep: nightMetric(
    {
      ...stage,
      isEveryday: false,
      isOutcome: true,
      label: "REM sleep",
      meaning: "REM sleep of the night",
      model: stageModel,
    },
    (night) => seconds(night.rem_sleep_duration, 60),
  ),
  latency: nightMetric(
    {
      ...stage,
      isEveryday: false,
      isOutcome: true,
      label: "Time to fall asleep",
      meaning: "time from going to bed to falling asleep at the start of the night",
      better: "lower",
      model: {
        transform: "ln1p",
        change: "percent",
        percentAbove: 2,
        weekday: true,
        sdFloor: 0.15,
        prior: typical(0.6),
      },
    },
    (night) => seconds(night.latency, 60),
  ),
  total_sleep_with_naps: metric(
    "sleep",
    {
      isEveryday: false,
      isOutcome: false,
      label: "Total sleep with naps",
      unit: "h",
      decimals: 1,
      meaning: "time asleep in the night, in second sleeps and in naps of the day",
      better: null,
      adverse: null,
      plausible: { min: 0.01, max: 24 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 0.5,
        weekday: true,
        sdFloor: 0.25,
        prior: { of: "scale", sd: 1.2, phi: 0.05, slowShare: 0.1 },
      },
    },
    // Without a recorded night there is no value, because the naps alone are not the total sleep of the day.
    (days) => (newest(days)?.night ? seconds(newest(days)?.totalWithNaps, 3600) : null),
  ),
  stress_high: metric(
    "daily_stress",
    {
      ...daytime,
      isEveryday: false,
      isOutcome: false,
      label: "High stress",
      meaning: "daytime under high stress",
      better: "lower",
      model: daytimeModel,
    },
    (documents) => seconds(newest(documents)?.stress_high, 60),
  ),
  recovery_high: metric(
    "daily_stress",
    {
      ...daytime,
      isEveryday: false,
      isOutcome: false,
      label: "Recovery",
      meaning: "daytime in high recovery",
      better: "higher",
      model: daytimeModel,
    },
    (documents) => seconds(newest(documents)?.recovery_high, 60),
  ),
  bedtime: nightMetric(
    {
      ...clock,
      isEveryday: false,
      isOutcome: false,
      label: "Bedtime",
      meaning: "local time of going to bed for the night",
      model: clockModel,
    },
    (night) => localMinute(night.bedtime_start),
  ),
  wake_time: nightMetric(
    {
      ...clock,
      isEveryday: false,
      isOutcome: false,
      label: "Wake time",
      meaning: "local time of getting up after the night",
      model: clockModel,
    },
    (night) => localMinute(night.bedtime_end),
  ),
  average_heart_rate: nightMetric(
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: true,
      label: "Heart rate asleep",
      unit: "bpm",
      decimals: 1,
      meaning: "mean heart rate of the night",
      better: null,
      adverse: null,
      plausible: { min: 25, max: 220 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 25,
        weekday: false,
        sdFloor: 1,
        prior: typical(2.5),
      },
    },
    (night) => night.average_heart_rate,
  ),
  time_in_bed: nightMetric(
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Time in bed",
      unit: "h",
      decimals: 1,
      meaning: "time from going to bed to getting up for the night",
      better: null,
      adverse: null,
      plausible: { min: 0.01, max: 24 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 0.5,
        weekday: true,
        sdFloor: 0.25,
        prior: typical(1.1),
      },
    },
    (night) => seconds(night.time_in_bed, 3600),
  ),
  awake_time: nightMetric(
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: true,
      label: "Time awake",
      unit: "min",
      decimals: 0,
      meaning: "time awake in bed in the night",
      better: "lower",
      adverse: null,
      plausible: { min: 0, max: 1440 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 5,
        weekday: false,
        sdFloor: 5,
        prior: typical(25),
      },
    },
    (night) => seconds(night.awake_time, 60),
  ),
  restless_periods: nightMetric(
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: true,
      label: "Restless periods",
      unit: "periods",
      decimals: 0,
      meaning: "periods of restless movement in the night",
      better: "lower",
      adverse: null,
      plausible: { min: 0, max: 2000 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 5,
        weekday: false,
        sdFloor: 5,
        prior: typical(40),
      },
    },
    (night) => night.restless_periods,
  ),
  breathing_disturbance: metric(
    "daily_spo2",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: true,
      label: "Breathing disturbance",
      unit: "index",
      decimals: 0,
      meaning: "Ōura's index of breathing disturbances in the night",
      better: "lower",
      adverse: null,
      plausible: { min: 0, max: 200 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.5,
        prior: typical(3),
      },
    },
    (documents) => newest(documents)?.breathing_disturbance_index,
  ),
  temperature_trend: metric(
    "daily_readiness",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Skin temperature trend",
      unit: "°C",
      decimals: 2,
      meaning: "Ōura's trend of the skin temperature over several nights, as a difference from the wearer's own usual",
      better: null,
      adverse: null,
      plausible: { min: -5, max: 5 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.05,
        prior: typical(0.2),
      },
    },
    (documents) => newest(documents)?.temperature_trend_deviation,
  ),
  active_minutes: metric(
    "daily_activity",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Active time",
      unit: "min",
      decimals: 0,
      meaning: "time of low, medium and high activity of the day",
      better: "higher",
      adverse: null,
      plausible: { min: 0, max: 1440 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 15,
        weekday: true,
        sdFloor: 10,
        prior: { of: "level", sd: 0.4, phi: 0.1, slowShare: 0.25 },
      },
    },
    (documents) => activeMinutes(newest(documents)),
  ),
  walking_distance: metric(
    "daily_activity",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Walking-equivalent distance",
      unit: "km",
      decimals: 1,
      meaning: "the walk that would take the energy of the day; not the kilometres walked",
      better: "higher",
      adverse: null,
      plausible: { min: 0, max: 300 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 0.5,
        weekday: true,
        sdFloor: 0.3,
        prior: { of: "level", sd: 0.42, phi: 0.1, slowShare: 0.25 },
      },
    },
    (documents) => seconds(newest(documents)?.equivalent_walking_distance, 1000),
  ),
  sitting_time: metric(
    "daily_activity",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Sitting time",
      unit: "h",
      decimals: 1,
      meaning: "time sitting or hardly moving while awake in the day",
      better: "lower",
      adverse: null,
      plausible: { min: 0, max: 24 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 0.5,
        weekday: true,
        sdFloor: 0.25,
        prior: typical(1.5),
      },
    },
    (documents) => seconds(newest(documents)?.sedentary_time, 3600),
  ),
  active_calories: metric(
    "daily_activity",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Active calories",
      unit: "kcal",
      decimals: 0,
      meaning: "energy spent by moving in the day",
      better: "higher",
      adverse: null,
      plausible: { min: 0, max: 20000 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 50,
        weekday: true,
        sdFloor: 30,
        prior: { of: "level", sd: 0.4, phi: 0.1, slowShare: 0.25 },
      },
    },
    (documents) => newest(documents)?.active_calories,
  ),
  total_calories: metric(
    "daily_activity",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Total calories",
      unit: "kcal",
      decimals: 0,
      meaning: "energy spent in the day, at rest and by moving",
      better: null,
      adverse: null,
      plausible: { min: 500, max: 25000 },
      model: {
        transform: "none",
        change: "percent",
        percentAbove: 500,
        weekday: true,
        sdFloor: 50,
        prior: typical(300),
      },
    },
    (documents) => newest(documents)?.total_calories,
  ),
  cardiovascular_age: metric(
    "daily_cardiovascular_age",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Cardiovascular age",
      unit: "years",
      decimals: 0,
      meaning: "Ōura's estimate of the age of the arteries",
      better: "lower",
      adverse: null,
      plausible: { min: 10, max: 120 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 1,
        prior: typical(2),
      },
    },
    (documents) => newest(documents)?.vascular_age,
  ),
  pulse_wave_velocity: metric(
    "daily_cardiovascular_age",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Pulse wave velocity",
      unit: "m/s",
      decimals: 1,
      meaning: "Ōura's estimate of the speed of the pulse in the arteries",
      better: "lower",
      adverse: null,
      plausible: { min: 2, max: 30 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.1,
        prior: typical(0.3),
      },
    },
    (documents) => newest(documents)?.pulse_wave_velocity,
  ),
  vo2_max: metric(
    "vO2_max",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "VO2 max",
      unit: "ml/kg/min",
      decimals: 0,
      meaning: "Ōura's estimate of the largest oxygen uptake, on the days on which it made one",
      better: "higher",
      adverse: null,
      plausible: { min: 5, max: 100 },
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 0.5,
        prior: typical(1.5),
      },
      isSparse: true,
    },
    (documents) => newest(documents)?.vo2_max,
  ),
  resilience: metric(
    "daily_resilience",
    {
      isEveryday: false,
      isOnRequest: true,
      isOutcome: false,
      label: "Resilience",
      unit: "level",
      decimals: 0,
      meaning: `Ōura's level of how stress and recovery were balanced in two weeks: ${resilienceLevels.join(", ")}`,
      better: "higher",
      adverse: null,
      levels: resilienceLevels,
      plausible: { min: 1, max: resilienceLevels.length },
      // The type requires a model. This one is never used, because models are for means, and levels have no mean.
      model: {
        transform: "none",
        change: "absolute",
        percentAbove: 0,
        weekday: false,
        sdFloor: 1,
        prior: typical(1),
      },
    },
    (documents) => {
      const levels: readonly (string | null | undefined)[] = resilienceLevels;
      const place = levels.indexOf(newest(documents)?.level);
      return place < 0 ? null : place + 1;
    },
  ),
} as const satisfies Record<string, Metric> & Record<StrainMetric, unknown>;

export type MetricId = keyof typeof metrics;
/** The routes of Oura's API from which the given metrics are read. */
export type MetricRouteName<Id extends MetricId = MetricId> = (typeof metrics)[Id]["route"];
/** The metrics that `oura_find_influences` accepts as outcomes. Each of them is a metric of the night. */
export type OutcomeId = { [Id in MetricId]: (typeof metrics)[Id]["isOutcome"] extends false ? never : Id }[MetricId];

/** The type that the metrics must have: the field `adverse` of each metric must agree with {@link StrainSigns}. */
type Adverse = {
  [Id in MetricId]: { adverse: Id extends StrainMetric ? (StrainSigns[Id] extends 1 ? "up" : "down") : null };
};

export const metricIds = Object.keys(metrics satisfies Adverse) as [MetricId, ...MetricId[]]; // Object.keys returns string[]

/**
 * The metrics whose values are numbers and not levels (words such as "solid"). Only for these metrics can an answer say
 * whether a value is usual.
 */
export const numericMetricIds = metricIds.filter((id) => {
  const { levels }: Metric = metrics[id];
  return levels === undefined;
}) as [MetricId, ...MetricId[]]; // the list is never empty

export const defaultMetricIds: readonly MetricId[] = metricIds.filter((id) => metrics[id].isEveryday);

export const outcomeIds = metricIds.filter((id) => metrics[id].isOutcome) as [OutcomeId, ...OutcomeId[]]; // the type of each metric says so, and the list is never empty
