import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import type { DailySeries } from "./series.ts";
import { followHistory, type TrailingHistory } from "./trailing-history.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayNeedsDays } from "./weekday.ts";
import { sortNumbers, summarizeWinsorised, winsorise, winsorLimits } from "./winsorise.ts";

/** Days before today from which "usual" is computed: two months for scores and flags, four weeks in daily summaries. */
export const baselineDays = 60;
export const summaryBaselineDays = 28;

/** The fewest measured days for a baseline (Oura's own baselines take about two weeks as well). */
export const leastBaselineDays = 14;

/** Below this share of the window a baseline counts as provisional. */
const establishedShare = 0.75;

/** What is usual, or why that cannot be determined. */
export type Baseline =
  | UsualRange
  | { kind: "too_little_history"; haveDays: number; needDays: number }
  /** Clock times spread round the whole clock: `concentration` (R) is below 0.3. */
  | { kind: "no_usual_time"; n: number; concentration: number };

/** A fitted baseline, on the model's scale. */
export interface UsualRange {
  kind: "baseline";
  state: "provisional" | "established";
  /** Measured days used, of `windowDays`. */
  n: number;
  windowDays: number;
  /** Winsorised mean, and SD with n − 1, at least the metric's floor. */
  mean: number;
  sd: number;
  weekdays: WeekdayEffect | null;
}

export interface BaselineOptions {
  /** Default 60. */
  windowDays?: number;
  /**
   * Day numbers left out because they looked like illness. They are used after all if fewer than 14 days would remain.
   */
  guarded?: ReadonlySet<number>;
}

/**
 * What was usual before a day, from the trailing window [day − W, day − 1]. The day itself is excluded: a value inside
 * its own baseline cannot have |z| above (n − 1)/√n, which is 2.27 for a week. Values are winsorised at median ± 3 ·
 * max(1.4826 · MAD, floor), then mean and SD are taken.
 * @param series In the metric's unit.
 * @returns `too_little_history` below 14 measured days; `provisional` below 75 % of the window.
 * @example baselineAt(restingHeartRate, "2026-03-03", model) // { kind: "baseline", n: 57, mean: 51.2, sd: 2.1, … }
 */
export function baselineAt(
  series: DailySeries,
  day: IsoDay,
  model: MetricModel,
  options: BaselineOptions = {},
): Baseline {
  return fitBaseline(modelSeries(series, model), dayNumber(day), model, options);
}

/** The same for a series already on the model's scale and a day number. */
export function fitBaseline(
  scaled: DailySeries,
  day: number,
  model: MetricModel,
  options: BaselineOptions = {},
): Baseline {
  return followBaseline(scaled, model, options)(day);
}

/**
 * The same for many days in ascending order, much faster. The caller may add earlier days to `guarded` between calls.
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
 * Values are weekday-adjusted before they are winsorised, as in S-H-ESD: otherwise every high Saturday would be an outlier.
 */
function centreByWeekday(measured: MeasuredDays, weekdays: WeekdayEffect, model: MetricModel): Centre {
  const n = measured.values.length;
  const { mean: middle, sd } = centre(sortResiduals(measured, weekdays), model);
  const corrected = sd * Math.sqrt((n - 1) / (n - 1 - weekdays.degreesOfFreedom));
  return { mean: middle, sd: corrected, weekdays };
}

/** The values of days, in any order. */
type MeasuredDays = Pick<TrailingHistory, "days" | "values">;

/**
 * The values without their weekday's offset, ascending. Each is moved down past those that are larger. If the values ascend,
 * these are few, because offsets are small: this takes a fraction of the time of a sort, for thousands of days of an answer.
 */
function sortResiduals({ days, values }: MeasuredDays, weekdays: WeekdayEffect): number[] {
  const residuals: number[] = [];
  for (let rank = 0; rank < values.length; rank++) {
    const residual = (values[rank] ?? 0) - offsetOn(days[rank] ?? 0, weekdays);
    let place = rank;
    for (; place > 0 && (residuals[place - 1] ?? 0) > residual; place--) residuals[place] = residuals[place - 1] ?? 0;
    residuals[place] = residual;
  }
  return residuals;
}
