import { randomFor } from "../../sandbox/people/random.ts";
import { detectAnomalies } from "../../src/analytics/anomalies.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { findDirection } from "../../src/analytics/direction.ts";
import { fromModelScale } from "../../src/analytics/metric-model.ts";
import type { Sensitivity } from "../../src/analytics/sensitivity.ts";
import { createSeries } from "../../src/analytics/series.ts";
import { historyDays } from "../../src/analytics/strained-nights.ts";
import { type Metric, type MetricId, metrics } from "../../src/oura/metrics.ts";

/** Gaussian AR(1) of unit variance, stationary from its first value. */
export function gaussianNoise(seed: string, length: number, phi: number): number[] {
  const random = randomFor(seed);
  let state = random.normal();
  return Array.from({ length }, () => {
    const value = state;
    state = phi * state + Math.sqrt(1 - phi * phi) * random.normal();
    return value;
  });
}

/**
 * Flags on Gaussian days against the number printed for ordinary days. Below 1, because real days have heavier tails.
 */
export function flagRatio(id: MetricId, phi: number, sensitivity: Sensitivity, people: number, seed: string): number {
  const metric: Metric = metrics[id];
  const { model } = metric;
  const days = 365;
  let flags = 0;
  let expected = 0;
  for (let person = 0; person < people; person++) {
    const noise = gaussianNoise(`${seed} ${id} ${phi} ${person}`, historyDays + days, phi);
    const centre = model.transform === "ln" ? 4 : model.transform === "ln1p" ? 3 : 100;
    const points = noise.map(
      (value, day) =>
        [isoDay(20_000 + day), fromModelScale(centre + 5 * model.sdFloor * value, model.transform)] as const,
    );
    const range = { start: isoDay(20_000 + historyDays), end: isoDay(20_000 + historyDays + days - 1) };
    const histories = [{ metric: id, model, series: createSeries(points) }];
    const answer = detectAnomalies({ histories, range, sensitivity });
    flags += answer.metrics[0]?.flags.length ?? 0;
    expected += answer.expectedFlags;
  }
  return flags / expected;
}

/** Share of trendless series that are called rising or falling. */
export function falseTrendShare(n: number, phi: number, repeats: number, seed: string): number {
  let verdicts = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const noise = gaussianNoise(`${seed} trend ${n} ${phi} ${repeat}`, n, phi);
    const observations = noise.map((value, day) => ({ day, value: 100 + 5 * value }));
    const direction = findDirection(observations, n, metrics.resting_heart_rate.model);
    if (direction.kind === "rising" || direction.kind === "falling") verdicts += 1;
  }
  return verdicts / repeats;
}
