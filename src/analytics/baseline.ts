import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import { outOfRange } from "./out-of-range.ts";
import type { DailySeries } from "./series.ts";
import { followHistory, type TrailingHistory } from "./trailing-history.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayNeedsDays } from "./weekday-effect.ts";
import { sortNumbers, summarizeWinsorised, winsorise, winsorLimits } from "./winsorise.ts";

/** Z-scores and the search for unusual days compare a day with this many days before it. */
export const baselineDays = 60;
/** Daily summaries compare a day with this many days before it. */
export const summaryBaselineDays = 28;

/** The number of measured days that a baseline needs. Oura's own baselines need about two weeks, too. */
export const leastBaselineDays = 14;

/** A baseline is provisional if less than this share of its days was measured. */
const establishedShare = 0.75;

export type Baseline =
  | UsualRange
  | { kind: "too_little_history"; haveDays: number; needDays: number }
  /**
   * There is no usual time, because the clock times are spread around the whole clock. `concentration` is below 0.3. If
   * all times were equal, the concentration would be 1.
   */
  | { kind: "no_usual_time"; n: number; concentration: number };

/** What is usual for a metric, on its model scale. */
export interface UsualRange {
  kind: "baseline";
  state: "provisional" | "established";
  /** The number of measured days among the `windowDays` calendar days from which the baseline is computed. */
  n: number;
  windowDays: number;
  /** The mean of the values after outliers are moved inwards ({@link winsorLimits}). */
  mean: number;
  /** The sample SD after outliers are moved inwards, at least the metric's `sdFloor`. */
  sd: number;
  /** The weekday offsets that were subtracted before `mean` and `sd` were computed. Null if none were subtracted. */
  weekdays: WeekdayEffect | null;
}

export interface BaselineOptions {
  /** The usual value is computed from this many calendar days before the day. The default is 60. */
  windowDays?: number;
  /**
   * The day numbers of days to leave out because they look like an illness. If fewer than 14 measured days would remain
   * without them, no day is left out.
   */
  guarded?: ReadonlySet<number>;
}

/**
 * Computes what was usual before a day, from the W days (`windowDays`) before it: [day − W, day − 1]. The day itself is
 * left out: otherwise its |z| could never be above (n − 1)/√n for n measured days (2.27 for 7 days). The values are
 * winsorised: a value outside median ± 3 · max(1.4826 · MAD, `model.sdFloor`) is replaced by the nearer of these two
 * limits. MAD is the median absolute deviation.
 * @param series The daily values in the metric's unit.
 * @returns `too_little_history` if fewer than 14 days were measured. The baseline is `provisional` if less than 75 % of
 * the window was measured.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * const series = { firstDay: 20000, values: Array.from({ length: 60 }, (_, night) => 50 + 2 * (night % 2)) };
 * baselineAt(series, isoDay(20060), model);
 * // { kind: "baseline", state: "established", n: 60, windowDays: 60, mean: 51, sd: 1.00…, weekdays: null }
 * baselineAt(series, isoDay(20010), model); // { kind: "too_little_history", haveDays: 10, needDays: 14 }
 */
export function baselineAt(
  series: DailySeries,
  day: IsoDay,
  model: MetricModel,
  options: BaselineOptions = {},
): Baseline {
  return fitBaseline(modelSeries(series, model), dayNumber(day), model, options);
}

/**
 * Computes what was usual before a day, like {@link baselineAt}, for a series on the model scale.
 * @param day The day number.
 * @example
 * const model = { transform: "ln", weekday: false, sdFloor: 0.05 };
 * const series = { firstDay: 20000, values: Array.from({ length: 60 }, (_, night) => 50 + 2 * (night % 2)) };
 * fitBaseline(modelSeries(series, model), 20060, model); // { kind: "baseline", n: 60, mean: 3.93…, sd: 0.05, … }
 */
export function fitBaseline(
  scaled: DailySeries,
  day: number,
  model: MetricModel,
  options: BaselineOptions = {},
): Baseline {
  return followBaseline(scaled, model, options)(day);
}

/**
 * Returns a function that computes what was usual before a day. For many days, it is much faster than separate calls of
 * {@link fitBaseline}. The days must ascend. Between two calls, the caller may add the day of the last call to
 * `guarded`. The value of that day is then left out of the baselines of later days.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * const series = { firstDay: 20000, values: Array.from({ length: 30 }, (_, night) => 50 + night) };
 * const usualBefore = followBaseline(series, model);
 * [20014, 20015, 20016].map((day) => usualBefore(day).mean); // [56.5, 57, 57.5]
 */
export function followBaseline(
  scaled: DailySeries,
  model: MetricModel,
  { windowDays = baselineDays, guarded }: BaselineOptions = {},
): (day: number) => Baseline {
  const historyOf = followHistory(scaled, { windowDays, guarded, leastDays: leastBaselineDays });
  return (day) => describeUsual(historyOf(day), model, windowDays);
}

function describeUsual(history: TrailingHistory, model: MetricModel, windowDays: number): Baseline {
  const { days, values, sorted, sortedDays } = history;
  const n = values.length;
  if (n < leastBaselineDays) return { kind: "too_little_history", haveDays: n, needDays: leastBaselineDays };
  const usesWeekdays = model.weekday && windowDays === baselineDays && n >= weekdayNeedsDays;
  if (model.transform !== "clock") {
    const byValue = { days: sortedDays, values: sorted };
    return usualRange(
      n,
      windowDays,
      usesWeekdays ? centreByWeekday(byValue, estimateWeekdayEffect(values, days), model) : centre(sorted, model),
    );
  }
  const { mean: middle, concentration } = summarizeClock(values);
  if (concentration < leastConcentration) return { kind: "no_usual_time", n, concentration };
  const line = unroll(values, middle);
  return usualRange(
    n,
    windowDays,
    usesWeekdays
      ? centreByWeekday({ days, values: line }, estimateWeekdayEffect(line, days), model)
      : centre(sortNumbers(line), model),
  );
}

function usualRange(n: number, windowDays: number, { mean, sd, weekdays }: Centre): UsualRange {
  const state = n < establishedShare * windowDays ? "provisional" : "established";
  return { kind: "baseline", state, n, windowDays, mean, sd, weekdays };
}

type Centre = Pick<UsualRange, "mean" | "sd" | "weekdays">;

function centre(sorted: readonly number[], model: MetricModel): Centre {
  const limits = winsorLimits(sorted, model.sdFloor);
  const { mean, sd } = summarizeWinsorised(sorted, limits);
  const spread = model.transform === "clock" ? summarizeClock(winsorise(sorted, limits)).sd : sd;
  return { mean, sd: Math.max(spread, model.sdFloor), weekdays: null };
}

/**
 * Outliers are moved inwards (winsorised) only after the weekday offsets are subtracted, as in the outlier test
 * S-H-ESD. Otherwise the values of a weekday that is always high would count as outliers.
 */
function centreByWeekday(measured: MeasuredDays, weekdays: WeekdayEffect, model: MetricModel): Centre {
  const n = measured.values.length;
  const { mean: middle, sd } = centre(sortResiduals(measured, weekdays), model);
  const corrected = sd * Math.sqrt((n - 1) / (n - 1 - weekdays.degreesOfFreedom));
  return { mean: middle, sd: corrected, weekdays };
}

/** The measured days and their values. Both lists are in the same order, which may be any order. */
type MeasuredDays = Pick<TrailingHistory, "days" | "values">;

/**
 * Subtracts the weekday offsets from the values and sorts the results. The values are usually given in ascending order,
 * and small offsets change this order only a little. Insertion sort is fast in this case. Speed matters, because one
 * tool call sorts thousands of lists.
 */
function sortResiduals({ days, values }: MeasuredDays, weekdays: WeekdayEffect): number[] {
  const residuals: number[] = [];
  for (let rank = 0; rank < values.length; rank++) {
    const residual = (values[rank] ?? outOfRange(rank)) - offsetOn(days[rank] ?? outOfRange(rank), weekdays);
    let place = rank;
    for (; place > 0; place--) {
      const previous = residuals[place - 1] ?? outOfRange(place - 1);
      if (previous <= residual) break;
      residuals[place] = previous;
    }
    residuals[place] = residual;
  }
  return residuals;
}
