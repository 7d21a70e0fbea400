import { mean } from "simple-statistics";
import { type BaselineOptions, fitBaseline } from "./baseline.ts";
import { clockDifference, summarizeClock } from "./circular.ts";
import { type ChangeStyle, type MetricModel, modelSeries } from "./metric-model.ts";
import { summarizeDays, type WindowSummary } from "./rolling.ts";
import { type DailySeries, observationsIn } from "./series.ts";

/** Two neighbouring windows, day numbers with both ends included. */
export interface WindowPair {
  current: { first: number; last: number };
  prior: { first: number; last: number };
}

/** How a window differs from the one before it, or why that cannot be said. */
export type Change =
  | {
      kind: "change";
      current: WindowSummary;
      prior: WindowSummary;
      /** Difference of the means in the metric's unit; of clock times in minutes, positive later. */
      difference: number;
      style: ChangeStyle;
      /** Of the prior mean; null with the reason in `noPercent`. */
      percent: number | null;
      noPercent: NoPercent | null;
      /** The difference in SDs of the 60 days before the current window; null while those are too few. */
      baselineSds: number | null;
    }
  /** A window under half full. */
  | { kind: "too_few_days"; current: WindowSummary; prior: WindowSummary; needDays: number };

/**
 * Why there is no percentage: the base is nearly nothing, the zero of the scale is arbitrary (°C from usual, clock
 * times), or the unit is a percentage already.
 */
export type NoPercent = "near_zero_base" | "interval_scale" | "already_percent";

/**
 * The change from the prior to the current window, in the metric's own way and in baseline SDs.
 * @example compareWindows(hrv, pair, model) // { kind: "change", difference: 4.2, percent: 9.1, baselineSds: 0.8, … }
 */
export function compareWindows(
  series: DailySeries,
  { current, prior }: WindowPair,
  model: MetricModel,
  options: BaselineOptions = {},
): Change {
  const now = summarizeDays(series, current.first, current.last, model.transform);
  const before = summarizeDays(series, prior.first, prior.last, model.transform);
  if (now.mean === null || before.mean === null)
    return { kind: "too_few_days", current: now, prior: before, needDays: Math.ceil(now.days / 2) };
  const difference = model.transform === "clock" ? clockDifference(now.mean, before.mean) : now.mean - before.mean;
  const percentage = percentOf(difference, before.mean, model);
  const baselineSds = inBaselineSds(series, { current, prior }, model, options);
  const style = model.change;
  return { kind: "change", current: now, prior: before, difference, style, ...percentage, baselineSds };
}

/** A difference as a share of what it started from, in percent, or why that would say nothing. */
export function percentOf(
  difference: number,
  base: number,
  { change, percentAbove }: MetricModel,
): { percent: number | null; noPercent: NoPercent | null } {
  if (change === "points") return { percent: null, noPercent: "already_percent" };
  if (change === "absolute" || change === "minutes") return { percent: null, noPercent: "interval_scale" };
  const percent = (100 * difference) / base;
  if (base <= percentAbove || !Number.isFinite(percent)) return { percent: null, noPercent: "near_zero_base" };
  return { percent, noPercent: null };
}

/** On the model's scale: a doubling counts the same from 20 to 40 ms as from 40 to 80. */
function inBaselineSds(
  series: DailySeries,
  { current, prior }: WindowPair,
  model: MetricModel,
  options: BaselineOptions,
): number | null {
  const scaled = modelSeries(series, model);
  const baseline = fitBaseline(scaled, current.first, model, options);
  const now = centre(scaled, current, model);
  const before = centre(scaled, prior, model);
  if (baseline.kind !== "baseline" || now === null || before === null) return null;
  const sds = (model.transform === "clock" ? clockDifference(now, before) : now - before) / baseline.sd;
  return Number.isFinite(sds) ? sds : null; // a metric without a floor may have an SD of 0
}

function centre(scaled: DailySeries, { first, last }: WindowPair["current"], model: MetricModel): number | null {
  const values = observationsIn(scaled, first, last).map(({ value }) => value);
  if (values.length === 0) return null;
  return model.transform === "clock" ? summarizeClock(values).mean : mean(values);
}
