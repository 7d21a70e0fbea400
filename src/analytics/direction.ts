import { mean, sampleStandardDeviation } from "simple-statistics";
import { estimateAutocorrelation, varianceInflation } from "./autocorrelation.ts";
import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { testTrend } from "./mann-kendall.ts";
import { type MetricModel, sdFloorAt } from "./metric-model.ts";
import { outOfRange } from "./out-of-range.ts";
import type { Observation } from "./series.ts";
import { twoSidedP } from "./t-distribution.ts";
import { estimateSlope } from "./theil-sen.ts";
import { sortNumbers, winsorise, winsorLimits } from "./winsorise.ts";

export const leastTrendDays = 14;

const significance = 0.05;
/** A rise or fall is reported only if the metric changes by at least this many SDs over the whole window. */
const leastSds = 0.5;

export type Direction =
  | DirectionVerdict
  | { kind: "too_little_history"; haveDays: number; needDays: number }
  | { kind: "no_usual_time"; n: number; concentration: number };

export interface DirectionVerdict {
  kind: "rising" | "falling" | "no_clear_trend";
  n: number;
  /** The Theil–Sen slope, in the metric's unit per day. */
  slopePerDay: number;
  /** `slopeLow` and `slopeHigh` are the ends of the slope's 95 % interval, which is widened for autocorrelation. */
  slopeLow: number;
  slopeHigh: number;
  /** The slope times the number of calendar days, in the metric's unit. */
  changeOverWindow: number;
  /** `changeOverWindow` divided by the SD of the window's values. */
  changeInSds: number;
  /**
   * The p-value of the Mann–Kendall trend test, corrected for autocorrelation. It is computed from Student's t with
   * n − 2 degrees of freedom.
   */
  p: number;
  /** The lag-1 autocorrelation, corrected for short series, from 0 to 0.95. */
  autocorrelation: number;
}

/**
 * Decides whether a metric rises, falls, or has no clear trend over a window of days. A rise or a fall must meet three
 * conditions:
 * - The p-value of the Mann–Kendall test, corrected for autocorrelation, is below .05.
 * - The 95 % interval of the Theil–Sen slope excludes 0.
 * - The slope changes the metric by at least half an SD over the window.
 * @param observations The measured days of the window, in the metric's unit.
 * @example
 * const model = { transform: "none", sdFloor: 1 };
 * // Nights that alternate by 2 bpm and rise by 0.25 bpm per day.
 * const valueOf = (night) => 50 + night / 4 + 2 * (night % 2);
 * const rising = Array.from({ length: 30 }, (_, night) => ({ day: 20000 + night, value: valueOf(night) }));
 * findDirection(rising, 30, model);
 * // { kind: "rising", n: 30, slopePerDay: 0.25, changeOverWindow: 7.5, changeInSds: 3.02…, p: 0.00000204…, … }
 * findDirection(rising.slice(0, 13), 30, model); // { kind: "too_little_history", haveDays: 13, needDays: 14 }
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
    observations.map(({ day }, index) => ({ day, value: line[index] ?? outOfRange(index) })),
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
  // The autocorrelation is estimated from the same few days, so Student's t is used instead of the normal distribution.
  // In series of 30 days without a true trend, Student's t reports about six trends where the normal distribution would
  // report seven.
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
 * The SD of the winsorised values in the metric's unit, but at least the metric's `sdFloor`. If a metric has no
 * `sdFloor` and most of its values are equal, this SD is 0. The function then returns the SD of the values without
 * winsorising. If all values are equal, it returns 1.
 */
function windowSd(values: readonly number[], model: MetricModel): number {
  const floor = sdFloorAt(mean(values), model);
  const robust = Math.max(sampleStandardDeviation(winsorise(values, winsorLimits(sortNumbers(values), floor))), floor);
  return robust || sampleStandardDeviation(values) || 1;
}
