import { randomFor } from "../../sandbox/people/random.ts";
import { detectAnomalies } from "../../src/analytics/anomalies.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { mostOrdinaryFlags } from "../../src/analytics/ordinary-flags.ts";
import type { Sensitivity } from "../../src/analytics/sensitivity.ts";
import { valueAt } from "../../src/analytics/series.ts";
import { historyDays, type MetricHistory } from "../../src/analytics/strained-nights.ts";
import { metrics } from "../../src/oura/metrics.ts";
import { generatedMetrics, generatePerson } from "./synthetic-person.ts";

export interface OrdinaryScore {
  /** Flags found, as a multiple of the number printed for ordinary days. */
  ratio: number;
  /** The variance of the number of flags divided by its mean. */
  dispersion: number;
  /** The share of answers that say there are more than ordinary days give. */
  called: number;
}

/** Enough days before the range for every baseline. */
const lead = historyDays + 60;

/**
 * Flags of people without illness. With `shuffled`, the days of each person are in random order, so that nothing lasts
 * and everything that is left is ordinary.
 */
export function scoreOrdinaryDays(
  seed: string,
  people: number,
  question: { days: number; sensitivity: Sensitivity; shuffled: boolean },
): OrdinaryScore {
  const { days, sensitivity, shuffled } = question;
  const counts: number[] = [];
  let expected = 0;
  let called = 0;
  for (let index = 0; index < people; index++) {
    const person = generatePerson(`${seed} ordinary ${index}`, lead + days, []);
    const order = Array.from({ length: lead + days }, (_, day) => day);
    if (shuffled) shuffle(order, `${seed} order ${index}`);
    const histories = generatedMetrics.map((metric): MetricHistory => {
      const values = order.map((day) => valueAt(person.series[metric], person.firstDay + day));
      return { metric, model: metrics[metric].model, series: { firstDay: person.firstDay, values } };
    });
    const range = { start: isoDay(person.firstDay + lead), end: isoDay(person.firstDay + lead + days - 1) };
    const { metrics: scanned, expectedFlags } = detectAnomalies({ histories, range, sensitivity });
    const flags = scanned.reduce((sum, metric) => sum + metric.flags.length, 0);
    counts.push(flags);
    expected += expectedFlags;
    if (flags > mostOrdinaryFlags(expectedFlags)) called += 1;
  }
  const mean = counts.reduce((sum, count) => sum + count, 0) / people;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (people - 1);
  return { ratio: (mean * people) / expected, dispersion: variance / mean, called: called / people };
}

function shuffle(order: number[], name: string): void {
  const random = randomFor(name);
  for (let index = order.length - 1; index > 0; index--) {
    const other = random.integer(0, index);
    [order[index], order[other]] = [order[other] ?? index, order[index] ?? other];
  }
}
