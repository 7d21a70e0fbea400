import { comparePeriods } from "../../src/analytics/comparison.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { fromModelScale } from "../../src/analytics/metric-model.ts";
import { type MetricId, metrics } from "../../src/oura/metrics.ts";
import { gaussianNoise } from "./noise.ts";

/** The share of comparisons whose interval holds the true difference, which is none. */
export function comparisonCover(id: MetricId, daysASide: number, phi: number, repeats: number, seed: string): number {
  const { model } = metrics[id];
  const centre = model.transform === "ln" ? 8 : 100;
  const range = (from: number) => ({ start: isoDay(20_000 + from), end: isoDay(20_000 + from + daysASide - 1) });
  let covered = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const noise = gaussianNoise(`${seed} comparison ${id} ${daysASide} ${phi} ${repeat}`, 2 * daysASide, phi);
    // Wide against the floor of the metric, which would make intervals wider than the noise asks for.
    const values = noise.map((value) => fromModelScale(centre + 4 * model.sdFloor * value, model.transform));
    const found = comparePeriods({ firstDay: 20_000, values }, range(0), range(daysASide), model);
    if ("low" in found && found.low <= 0 && found.high >= 0) covered += 1;
  }
  return covered / repeats;
}
