import { mean } from "simple-statistics";
import { type BaselineOptions, fitBaseline } from "./baseline.ts";
import { clockDifference, summarizeClock } from "./circular.ts";
import { type ChangeStyle, type MetricModel, modelSeries } from "./metric-model.ts";
import { summarizeDays, type WindowSummary } from "./rolling.ts";
import { type DailySeries, observationsIn } from "./series.ts";

/** Two adjacent windows, as day numbers with both ends included. */
export interface WindowPair {
  current: { first: number; last: number };
  prior: { first: number; last: number };
}

/** How a window differs from the one before it, or why that cannot be determined. */
export type Change =
  | {
      kind: "change";
      current: WindowSummary;
      prior: WindowSummary;
      /** Difference of the means in the metric's unit; of clock times in minutes, positive later. */
      difference: number;
      style: ChangeStyle;
      /** The difference as a percentage of the prior mean; null with the reason in `noPercent`. */
      percent: number | null;
      noPercent: NoPercent | null;
      /** The difference in SDs of the 60 days before the current window; null without a baseline. */
      baselineSds: number | null;
    }
  /** One of the windows has values on fewer than half of its days. */
  | { kind: "too_few_days"; current: WindowSummary; prior: WindowSummary; needDays: number };

/**
 * Why there is no percentage: the base is near zero, the zero of the scale is arbitrary (°C from usual, clock times),
 * or the unit is a percentage already.
 */
export type NoPercent = "near_zero_base" | "interval_scale" | "already_percent";

/**
 * The change from the prior to the current window, in the metric's unit, in percent where that makes sense, and in
 * baseline SDs.
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

/** A difference as a percentage of the base, or why there is none. */
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

/** Computed on the model's scale, on which a change from 20 to 40 ms equals one from 40 to 80 ms. */
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
