import type { DailySeries } from "../../../src/analytics/series.ts";
import effects from "./effects.json";
import golden from "./golden.json";

/** Results of numpy, pandas and scipy, written by generate.py and generate-effects.py. */
export { effects, golden };

/** A golden series by name. */
export function goldenSeries(name: string): DailySeries {
  const values = golden.series[name as keyof typeof golden.series]; // names come from golden.json itself
  return { firstDay: golden.firstDay, values };
}

/** Within 1e-9, absolutely for small and relatively for large numbers; null only where null is expected. */
export function agrees(actual: number | null, expected: number | null): boolean {
  if (actual === null || expected === null) return actual === expected;
  return Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}
