import { type Baseline, type BaselineOptions, fitBaseline, type UsualRange } from "./baseline.ts";
import { clockDifference } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { fromModelScale, type MetricModel, modelSeries } from "./metric-model.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";
import { weekdayIndex } from "./weekday.ts";

/** How far one day lies from what is usual, or why that cannot be said. */
export type Deviation =
  | Score
  | Exclude<Baseline, UsualRange>
  | { kind: "no_value" }
  /** Every earlier day is alike and the metric has no floor to measure by. */
  | { kind: "flat_history"; n: number };

export interface Score {
  kind: "score";
  /** Standard deviations from usual; positive is above (of clock times: later). */
  z: number;
  /** Two-sided, from Student's t with n − 1 degrees of freedom. */
  p: number;
  baseline: UsualRange;
}

/** Where a metric usually lies, in its own unit. */
export interface TypicalRange {
  typical: number;
  /** Eight days in ten lie between: an 80 % prediction interval. Of clock times, `low` is the earlier. */
  low: number;
  high: number;
  n: number;
}

/**
 * The day against its trailing baseline: z = (x − mean) / (SD · √(1 + 1/n)), on the metric's own scale; √(1 + 1/n)
 * because the mean is itself estimated. Where weekdays count, the day's weekday offset belongs to the mean.
 * @example deviationOn(restingHeartRate, "2026-03-03", model) // { kind: "score", z: 3.1, p: 0.003, … }
 */
export function deviationOn(
  series: DailySeries,
  day: IsoDay,
  model: MetricModel,
  options: BaselineOptions = {},
): Deviation {
  return scoreDay(modelSeries(series, model), dayNumber(day), model, options);
}

/** The same for a series already on the model's scale and a day number. */
export function scoreDay(
  scaled: DailySeries,
  day: number,
  model: MetricModel,
  options: BaselineOptions = {},
): Deviation {
  const x = valueAt(scaled, day);
  if (x === null) return { kind: "no_value" };
  const baseline = fitBaseline(scaled, day, model, options);
  if (baseline.kind !== "baseline") return baseline;
  const z = standardize(x, day, baseline, model);
  if (z === null) return { kind: "flat_history", n: baseline.n };
  return { kind: "score", z, p: twoSidedP(z, baseline.n - 1), baseline };
}

function standardize(x: number, day: number, baseline: UsualRange, model: MetricModel): number | null {
  const { expected, error } = predict(baseline, day);
  const difference = model.transform === "clock" ? clockDifference(x, expected) : x - expected;
  return error > 0 ? difference / error : null;
}

/** What the baseline expects of a day and the standard error of that, on the model's scale. */
function predict({ mean, sd, n, weekdays }: UsualRange, day: number): { expected: number; error: number } {
  const weekday = weekdayIndex(day);
  const offset = weekdays?.offsets[weekday] ?? 0;
  const variance = weekdays?.variances[weekday] ?? 0;
  return { expected: mean + offset, error: sd * Math.sqrt(1 + 1 / n + variance) };
}

/**
 * The baseline in the metric's unit, for the weekday of `day`.
 * @example typicalRange(baseline, "2026-03-03", model) // { typical: 51, low: 48, high: 54, n: 57 }
 */
export function typicalRange(baseline: UsualRange, day: IsoDay, model: MetricModel): TypicalRange {
  const { expected, error } = predict(baseline, dayNumber(day));
  const reach = tQuantile(0.9, baseline.n - 1) * error;
  const back = (value: number) => fromModelScale(value, model.transform);
  return { typical: back(expected), low: back(expected - reach), high: back(expected + reach), n: baseline.n };
}
