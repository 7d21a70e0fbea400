import { mean, sampleStandardDeviation } from "simple-statistics";
import { estimateAutocorrelation, varianceInflation } from "./autocorrelation.ts";
import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { testTrend } from "./mann-kendall.ts";
import { type MetricModel, sdFloorAt } from "./metric-model.ts";
import type { Observation } from "./series.ts";
import { twoSidedP } from "./t-distribution.ts";
import { estimateSlope } from "./theil-sen.ts";
import { sortNumbers, winsorise, winsorLimits } from "./winsorise.ts";

/** The fewest measured days for a verdict. */
export const leastTrendDays = 14;

/** A trend needs a p below this. */
const significance = 0.05;
/** A trend needs a change of at least this many SDs over the window. */
const leastSds = 0.5;

/** The direction of a metric over a window, or why that cannot be determined. */
export type Direction =
  | DirectionVerdict
  | { kind: "too_little_history"; haveDays: number; needDays: number }
  | { kind: "no_usual_time"; n: number; concentration: number };

export interface DirectionVerdict {
  kind: "rising" | "falling" | "no_clear_trend";
  /** Measured days used. */
  n: number;
  /** Theil–Sen, in the metric's unit per day, with a 95 % interval widened for autocorrelation. */
  slopePerDay: number;
  slopeLow: number;
  slopeHigh: number;
  /** slope · W, in the metric's unit and in SDs of the window. */
  changeOverWindow: number;
  changeInSds: number;
  /** Mann–Kendall, corrected for autocorrelation, against Student's t with n − 2 degrees of freedom. */
  p: number;
  /** r*, from 0 to 0.95. */
  autocorrelation: number;
}

/**
 * The direction is rising or falling only if the corrected Mann–Kendall p is below .05, the slope's interval excludes
 * 0, and the Theil–Sen slope over the window is at least half an SD of the window. Otherwise there is no clear trend.
 * @param observations The measured days of the window, in the metric's unit.
 * @example findDirection(observations, 30, model) // { kind: "falling", n: 28, slopePerDay: -0.11, p: 0.004, … }
 */
export function findDirection(observations: readonly Observation[], windowDays: number, model: MetricModel): Direction {
  const n = observations.length;
  if (n < leastTrendDays) return { kind: "too_little_history", haveDays: n, needDays: leastTrendDays };
  const values = observations.map(({ value }) => value);
  if (model.transform !== "clock") return judge(observations, windowDays, model);
  const { mean: centre, concentration } = summarizeClock(values);
  if (concentration < leastConcentration) return { kind: "no_usual_time", n, concentration };
  const line = unroll(values, centre);
  return judge(
    observations.map(({ day }, index) => ({ day, value: line[index] ?? centre })),
    windowDays,
    model,
  );
}

function judge(observations: readonly Observation[], windowDays: number, model: MetricModel): DirectionVerdict {
  const values = observations.map(({ value }) => value);
  const { slope, low, high } = estimateSlope(observations, (line) =>
    varianceInflation(estimateAutocorrelation(observations, line)),
  );
  const autocorrelation = estimateAutocorrelation(observations, slope);
  const inflation = varianceInflation(autocorrelation);
  // Student's t, not the normal distribution, because r* is estimated from the same few days. Over 30 days this gives a
  // seventh fewer false verdicts.
  const p = twoSidedP(testTrend(values, inflation).z, values.length - 2);
  const changeOverWindow = slope * windowDays;
  const changeInSds = changeOverWindow / windowSd(values, model);
  const isOneSided = low > 0 || high < 0; // an answer must not say "rising" with an interval that includes 0
  const isTrend = p < significance && isOneSided && Math.abs(changeInSds) >= leastSds;
  return {
    kind: isTrend ? (slope > 0 ? "rising" : "falling") : "no_clear_trend",
    n: values.length,
    slopePerDay: slope,
    slopeLow: low,
    slopeHigh: high,
    changeOverWindow,
    changeInSds,
    p,
    autocorrelation,
  };
}

/**
 * The window's winsorised SD in the metric's unit. If that is 0 (most values equal, no floor), the plain SD; if that is
 * 0 too, 1.
 */
function windowSd(values: readonly number[], model: MetricModel): number {
  const floor = sdFloorAt(mean(values), model);
  const robust = Math.max(sampleStandardDeviation(winsorise(values, winsorLimits(sortNumbers(values), floor))), floor);
  return robust || sampleStandardDeviation(values) || 1;
}
