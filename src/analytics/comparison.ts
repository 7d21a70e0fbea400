import { mean } from "simple-statistics";
import { clockDifference, leastConcentration, summarizeClock } from "./circular.ts";
import { countDays, type DayRange } from "./day.ts";
import { type ChangeStyle, fromModelScale, type MetricModel, sdFloorAt, toModelScale } from "./metric-model.ts";
import { type NoPercent, percentOf } from "./percent-change.ts";
import { type ComparedDays, type DifferenceOptions, estimateDifference } from "./period-difference.ts";
import { slowShareOver } from "./population-prior.ts";
import { type DailySeries, dayNumbers, type Observation, observationsIn } from "./series.ts";

/**
 * The number of days in the history of a comparison. The history is the days before the earlier period. It shows how
 * much single days vary, and how much neighbouring days resemble each other.
 */
export const comparisonHistoryDays = 90;

/**
 * With at least this many measured days in the history, three measured days in each period are enough. With fewer, each
 * period needs seven.
 */
export const leastComparisonHistory = 28;

export const leastComparedDays = 3;
export const leastComparedDaysAlone = 7;

export interface ComparedPeriod {
  /** The number of measured days among the `days` calendar days. */
  n: number;
  days: number;
  /**
   * The mean in the metric's unit, or null if no day was measured. For a metric that is compared on a logarithmic
   * scale, it is the geometric mean. If `isWeekdayAdjusted` is true, the weekday offsets were subtracted from the
   * values before the mean was computed.
   */
  mean: number | null;
  /**
   * The ordinary mean of the measured days, neither geometric nor weekday-adjusted. Clock times are averaged around the
   * usual time of both periods. Null if no day was measured.
   */
  plainMean: number | null;
  /**
   * The day numbers of the measured days. A caller uses them to check whether the two periods contain different
   * weekdays.
   */
  measured: readonly number[];
}

interface Sides {
  before: ComparedPeriod;
  after: ComparedPeriod;
}

/**
 * How one metric differs between two periods. Values are in the metric's unit, unless another unit is stated.
 * Differences of clock times are in minutes.
 */
export interface PeriodComparison extends Sides {
  /**
   * `higher` or `lower` only if the 95 % interval of the difference excludes 0. For clock times, `higher` means later.
   */
  kind: "higher" | "lower" | "no_clear_difference";
  /** The mean of the period `after` minus the mean of the period `before`. For clock times, positive means later. */
  difference: number;
  /** `low` and `high` are the ends of the 95 % interval of the difference. */
  low: number;
  high: number;
  /** Half the width of the 95 % interval. Chance alone can explain a difference smaller than this. */
  halfWidth: number;
  style: ChangeStyle;
  /**
   * The difference in percent of the mean of the period `before`. If a percentage makes no sense, this is null, and
   * `noPercent` gives the reason.
   */
  percent: number | null;
  noPercent: NoPercent | null;
  /**
   * The difference divided by the SD of this person's single days, on the scale of the comparison. Null if the SD is 0.
   */
  sds: number | null;
  /**
   * Whether the weekday offsets were subtracted before the means were computed. If they are not subtracted, a period
   * may have a higher mean only because it contains more weekends than the other period.
   */
  isWeekdayAdjusted: boolean;
  isGeometric: boolean;
  /** Whether fewer than 28 days of the history were measured. If so, it is known only roughly how much days vary. */
  isProvisional: boolean;
}

export type Comparison =
  | PeriodComparison
  | (Sides & { kind: "too_few_days"; needDays: number })
  | (Sides & { kind: "no_usual_time" });

interface ComparisonOptions {
  /** The day numbers of days that look like an illness. They are left out of the history. */
  guarded?: ReadonlySet<number>;
}

/**
 * Compares one metric in two periods of three days or more with {@link estimateDifference}. The values are first put on
 * the scale of the comparison. This scale is the metric's unit, or the logarithm of the value, or for a clock time the
 * minutes before or after its usual time.
 * @param series The daily values in the metric's unit. They start 90 days ({@link comparisonHistoryDays}) before the
 * earlier period.
 * @returns `too_few_days` if a period has fewer than three measured days. If the history has fewer than 28 measured
 * days, each period needs seven measured days instead of three. `no_usual_time` if clock times are spread around the
 * whole clock.
 * @example
 * const prior = { of: "scale", sd: 2.3, phi: 0.4, slowShare: 0.15 };
 * const model = { transform: "none", change: "percent", percentAbove: 0, weekday: false, sdFloor: 1, prior };
 * // The mean is 51 bpm until day 29, and 54 bpm in the 14 days from day 30 on.
 * const values = Array.from({ length: 44 }, (_, night) => (night < 30 ? 50 : 53) + 2 * (night % 2));
 * const series = { firstDay: 20000, values };
 * const [before, after] = [16, 30].map((first) => ({ start: isoDay(20000 + first), end: isoDay(20013 + first) }));
 * comparePeriods(series, before, after, model);
 * // { kind: "higher", difference: 3, low: 1.766…, high: 4.233…, percent: 5.882…, sds: 2.179…, isProvisional: true, … }
 * comparePeriods(series, before, { start: isoDay(20043), end: isoDay(20050) }, model).kind; // "too_few_days"
 */
export function comparePeriods(
  series: DailySeries,
  before: DayRange,
  after: DayRange,
  model: MetricModel,
  { guarded }: ComparisonOptions = {},
): Comparison {
  const scale = scaleOf(model);
  const days = { history: historyOf(series, before, after, guarded), ...observeSides(series, before, after) };
  const scaled = scale.to === null ? days : mapDays(days, scale.to);
  const ranges = { before, after };
  if (model.transform !== "clock") return compare(scaled, ranges, plainMeans(days), model, scale);
  const times = [...scaled.before, ...scaled.after].map(({ value }) => value);
  const { mean: centre, concentration } = times.length > 0 ? summarizeClock(times) : { mean: 0, concentration: 1 };
  const onLine = mapDays(scaled, (minute) => centre + clockDifference(minute, centre));
  if (needOf(onLine) === null && concentration < leastConcentration)
    return { kind: "no_usual_time", ...describeSides(onLine, ranges, plainMeans(onLine), scale) };
  return compare(onLine, ranges, plainMeans(onLine), model, scale);
}

interface PlainMeans {
  before: number | null;
  after: number | null;
}

function plainMeans({ before, after }: ComparedDays): PlainMeans {
  const of = (observations: readonly Observation[]) =>
    observations.length === 0 ? null : mean(observations.map(({ value }) => value));
  return { before: of(before), after: of(after) };
}

interface Scale {
  /** Converts to the scale on which periods are compared. Null if values need no conversion. */
  to: ((value: number) => number | null) | null;
  from(value: number): number;
  isGeometric: boolean;
}

function scaleOf({ transform, prior }: MetricModel): Scale {
  if (prior.of === "level" || transform === "none") return { to: null, from: (value) => value, isGeometric: false };
  return {
    to: (value) => toModelScale(value, transform),
    from: (value) => fromModelScale(value, transform),
    isGeometric: transform === "ln" || transform === "ln1p",
  };
}

function observeSides(series: DailySeries, before: DayRange, after: DayRange) {
  const observe = (range: DayRange) => {
    const { first, last } = dayNumbers(range);
    return observationsIn(series, first, last);
  };
  return { before: observe(before), after: observe(after) };
}

function historyOf(
  series: DailySeries,
  before: DayRange,
  after: DayRange,
  guarded: ReadonlySet<number> | undefined,
): Observation[] {
  const first = Math.min(dayNumbers(before).first, dayNumbers(after).first);
  return observationsIn(series, first - comparisonHistoryDays, first - 1).filter(({ day }) => !guarded?.has(day));
}

function mapDays(days: ComparedDays, change: (value: number) => number | null): ComparedDays {
  const map = (observations: readonly Observation[]) =>
    observations.flatMap(({ day, value }) => {
      const changed = change(value);
      return changed === null ? [] : [{ day, value: changed }];
    });
  return { history: map(days.history), before: map(days.before), after: map(days.after) };
}

/** The number of measured days that each period needs. Null if both periods have enough measured days. */
function needOf({ history, before, after }: ComparedDays): number | null {
  const need = history.length >= leastComparisonHistory ? leastComparedDays : leastComparedDaysAlone;
  return Math.min(before.length, after.length) >= need ? null : need;
}

function describeSides(
  { before, after }: ComparedDays,
  ranges: { before: DayRange; after: DayRange },
  plain: PlainMeans,
  scale: Scale,
): Sides {
  const describe = (observations: readonly Observation[], range: DayRange, ofPlain: number | null): ComparedPeriod => ({
    n: observations.length,
    days: countDays(range),
    mean: observations.length === 0 ? null : scale.from(mean(observations.map(({ value }) => value))),
    plainMean: ofPlain,
    measured: observations.map(({ day }) => day),
  });
  return {
    before: describe(before, ranges.before, plain.before),
    after: describe(after, ranges.after, plain.after),
  };
}

function compare(
  days: ComparedDays,
  ranges: { before: DayRange; after: DayRange },
  plain: PlainMeans,
  model: MetricModel,
  scale: Scale,
): Comparison {
  const sides = describeSides(days, ranges, plain, scale);
  const needDays = needOf(days);
  if (needDays !== null) return { kind: "too_few_days", ...sides, needDays };
  const found = estimateDifference(days, optionsFor(days, ranges, model));
  // On a logarithmic scale, a difference of two means stands for their ratio, so the difference alone cannot be
  // converted to the metric's unit. Instead, it is added to the mean of the period `before`. The sum and the mean are
  // both converted, and the converted mean is subtracted from the converted sum.
  const inUnit = (difference: number) =>
    model.transform === "clock" ? difference : scale.from(found.before + difference) - scale.from(found.before);
  const [difference, low, high] = [found.difference, found.low, found.high].map(inUnit) as [number, number, number]; // 3 in, 3 out
  const before = { ...sides.before, mean: scale.from(found.before) };
  const after = { ...sides.after, mean: scale.from(found.after) };
  return {
    kind: low > 0 ? "higher" : high < 0 ? "lower" : "no_clear_difference",
    before,
    after,
    difference,
    low,
    high,
    halfWidth: (high - low) / 2,
    style: model.change,
    ...percentOf(difference, before.mean, model),
    sds: found.sd > 0 ? found.difference / found.sd : null,
    isWeekdayAdjusted: found.isWeekdayAdjusted,
    isGeometric: scale.isGeometric,
    isProvisional: days.history.length < leastComparisonHistory,
  };
}

/**
 * `slowShare` (the share of slow changes in the variance) is raised to a minimum that depends on the length of the
 * periods, see {@link slowShareOver}.
 */
function optionsFor(
  days: ComparedDays,
  { before, after }: { before: DayRange; after: DayRange },
  model: MetricModel,
): DifferenceOptions {
  const { sd, phi, slowShare: own, of } = model.prior;
  const { weekday } = model;
  const slowShare = slowShareOver(own, Math.min(countDays(before), countDays(after)));
  if (of === "scale") return { prior: { sd, phi, slowShare }, sdFloor: model.sdFloor, weekday };
  const level = Math.abs(mean([...days.history, ...days.before, ...days.after].map(({ value }) => value)));
  return { prior: { sd: sd * level, phi, slowShare }, sdFloor: sdFloorAt(level, model), weekday };
}
