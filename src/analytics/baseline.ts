import { mean, sampleStandardDeviation } from "simple-statistics";
import { leastConcentration, summarizeClock, unroll } from "./circular.ts";
import { dayNumber, type IsoDay } from "./day.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import { type DailySeries, type Observation, observationsIn } from "./series.ts";
import { estimateWeekdayEffect, type WeekdayEffect, weekdayIndex, weekdayNeedsDays } from "./weekday.ts";
import { winsorise, winsorLimits } from "./winsorise.ts";

/** Days before today that "usual" rests on: two months for scores and flags, four weeks in daily summaries. */
export const baselineDays = 60;
export const summaryBaselineDays = 28;

/** Fewer measured days than this and there is no baseline yet (Oura's own take about two weeks to form). */
export const leastBaselineDays = 14;

/** Below this share of the window a baseline counts as provisional. */
const establishedShare = 0.75;

/** What is usual, or why that cannot be said. */
export type Baseline =
  | UsualRange
  | { kind: "too_little_history"; haveDays: number; needDays: number }
  /** Clock times that point everywhere: `concentration` (R) is below 0.3. */
  | { kind: "no_usual_time"; n: number; concentration: number };

/** A fitted baseline, on the model's scale. */
export interface UsualRange {
  kind: "baseline";
  state: "provisional" | "established";
  /** Measured days it rests on, of `windowDays`. */
  n: number;
  windowDays: number;
  /** Winsorised mean, and SD with n − 1, at least the metric's floor. */
  mean: number;
  sd: number;
  weekdays: WeekdayEffect | null;
}

export interface BaselineOptions {
  /** 60 unless said otherwise. */
  windowDays?: number;
  /** Days (numbers) kept out because they looked like illness; they come back where fewer than 14 would be left. */
  guarded?: ReadonlySet<number>;
}

/**
 * What was usual before a day: the trailing window [day − W, day − 1]. The day itself is never inside, since inside its
 * own baseline |z| cannot exceed (n − 1)/√n, 2.27 for a week.
 * Values are winsorised at median ± 3 · max(1.4826 · MAD, floor), then mean and SD are taken.
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
  { windowDays = baselineDays, guarded }: BaselineOptions = {},
): Baseline {
  const history = withoutGuarded(observationsIn(scaled, day - windowDays, day - 1), guarded);
  const n = history.length;
  if (n < leastBaselineDays) return { kind: "too_little_history", haveDays: n, needDays: leastBaselineDays };
  const values = history.map(({ value }) => value);
  if (model.transform !== "clock") return fitLine(history, values, model, windowDays);
  const { mean: centre, concentration } = summarizeClock(values);
  if (concentration < leastConcentration) return { kind: "no_usual_time", n, concentration };
  return fitLine(history, unroll(values, centre), model, windowDays);
}

function withoutGuarded(history: Observation[], guarded: ReadonlySet<number> | undefined): Observation[] {
  if (!guarded || guarded.size === 0) return history;
  const kept = history.filter(({ day }) => !guarded.has(day));
  return kept.length < leastBaselineDays ? history : kept;
}

function fitLine(
  history: readonly Observation[],
  raw: readonly number[],
  model: MetricModel,
  windowDays: number,
): UsualRange {
  const n = raw.length;
  const values = winsorise(raw, winsorLimits(raw, model.sdFloor));
  const state = n < establishedShare * windowDays ? "provisional" : "established";
  if (!model.weekday || windowDays !== baselineDays || n < weekdayNeedsDays)
    return { kind: "baseline", state, n, windowDays, ...centreOf(values, model), weekdays: null };
  const days = history.map(({ day }) => weekdayIndex(day));
  const weekdays = estimateWeekdayEffect(values, days);
  const residuals = values.map((value, index) => value - (weekdays.offsets[days[index] ?? 0] ?? 0));
  const { mean: centre, sd } = centreOf(residuals, { ...model, sdFloor: 0 });
  const corrected = sd * Math.sqrt((n - 1) / (n - 1 - weekdays.degreesOfFreedom));
  return {
    kind: "baseline",
    state,
    n,
    windowDays,
    mean: centre,
    sd: Math.max(corrected, model.sdFloor),
    weekdays,
  };
}

function centreOf(values: readonly number[], { transform, sdFloor }: MetricModel): { mean: number; sd: number } {
  const sd = transform === "clock" ? summarizeClock(values).sd : sampleStandardDeviation(values);
  return { mean: mean(values), sd: Math.max(sd, sdFloor) };
}
