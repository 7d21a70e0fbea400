import { mean } from "simple-statistics";
import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { countDays, type DayRange } from "./day.ts";
import { type ChangeStyle, fromModelScale, type MetricModel, sdFloorAt, toModelScale } from "./metric-model.ts";
import { type NoPercent, percentOf } from "./percent-change.ts";
import { type ComparedDays, type DifferenceOptions, estimateDifference } from "./period-difference.ts";
import { slowShareOver } from "./residual-model.ts";
import { type DailySeries, dayNumbers, type Observation, observationsIn } from "./series.ts";

/** The days before the earlier period that tell how much days vary and resemble one another. */
export const comparisonHistoryDays = 90;

/** The fewest measured days of that history for short comparisons. */
export const leastComparisonHistory = 28;

/** The fewest measured days on each side: with enough history, and without. */
export const leastComparedDays = 3;
export const leastComparedDaysAlone = 7;

/** One side of a comparison. */
export interface ComparedPeriod {
  /** Measured days, of `days`. */
  n: number;
  days: number;
  /**
   * In the metric's unit; null without a measured day. Geometric for logarithmic metrics, circular for clock times. In a
   * comparison with `isWeekdayAdjusted` it is weekday-adjusted.
   */
  mean: number | null;
  /** The plain mean of the measured days; of clock times the circular one. Null without a measured day. */
  plainMean: number | null;
  /** The measured days (numbers), to compare the weekdays of both sides. */
  measured: readonly number[];
}

interface Sides {
  before: ComparedPeriod;
  after: ComparedPeriod;
}

/** How two periods differ in one metric. Every figure is in the metric's unit, of clock times in minutes. */
export interface PeriodComparison extends Sides {
  /** `higher` and `lower` only when the interval excludes 0; for clock times `higher` means later. */
  kind: "higher" | "lower" | "no_clear_difference";
  /** After minus before: the difference of the means of both sides. Positive is later for clock times. */
  difference: number;
  /** 95 % interval of the difference. */
  low: number;
  high: number;
  /** Half of that interval: a smaller difference does not show. */
  halfWidth: number;
  style: ChangeStyle;
  /** The difference as a share of the mean before; null with the reason in `noPercent`. */
  percent: number | null;
  noPercent: NoPercent | null;
  /** The difference in SDs of single days of this wearer, on the model's scale; null where the SD is 0. */
  sds: number | null;
  /** Whether both means are weekday-adjusted: the usual difference of each weekday is subtracted. */
  isWeekdayAdjusted: boolean;
  /** Whether the means are geometric. */
  isGeometric: boolean;
  /** Whether there was too little history to know how much this wearer's days vary. */
  isProvisional: boolean;
}

/** A comparison, or why there is none. */
export type Comparison =
  | PeriodComparison
  | (Sides & { kind: "too_few_days"; needDays: number })
  | (Sides & { kind: "no_usual_time" });

interface ComparisonOptions {
  /** Day numbers of the history left out because they looked like illness. */
  guarded?: ReadonlySet<number>;
}

/**
 * Compares two periods of three days or more by {@link estimateDifference}, on the scale on which the metric is compared:
 * its own, its logarithm, or minutes around its usual time.
 * @param series In the metric's unit, from {@link comparisonHistoryDays} before the earlier period.
 * @returns `too_few_days` below three measured days on a side, or below seven with fewer than 28 days of history.
 * @example comparePeriods(restingHeartRate, september, october, model) // { kind: "lower", difference: -1.4, low: -2.3, … }
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
  const onLine = mapDays(scaled, (minute) => unroll([minute], centre)[0] ?? minute);
  if (needOf(onLine) === null && concentration < leastConcentration)
    return { kind: "no_usual_time", ...describeSides(onLine, ranges, plainMeans(onLine), scale) };
  return compare(onLine, ranges, plainMeans(onLine), model, scale);
}

/** The means of both sides as anybody would compute them. */
interface PlainMeans {
  before: number | null;
  after: number | null;
}

function plainMeans({ before, after }: ComparedDays): PlainMeans {
  const of = (observations: readonly Observation[]) =>
    observations.length === 0 ? null : mean(observations.map(({ value }) => value));
  return { before: of(before), after: of(after) };
}

/** From the metric's unit to the scale of the comparison and back. */
interface Scale {
  /** Null where it is the metric's own. */
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

/** The number of measured days a side would need; null where both have it. */
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
  // On a logarithmic scale the difference is a ratio. Both ends of its interval are shown around the mean before.
  const inUnit = (difference: number) =>
    model.transform === "clock" ? difference : scale.from(found.before + difference) - scale.from(found.before);
  const [difference, low, high] = [found.difference, found.low, found.high].map(inUnit) as [number, number, number]; // three in
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

/** What is known of other people, on the scale of the comparison, with a λ that is raised for periods of this length. */
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
