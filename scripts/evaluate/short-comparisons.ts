import { type Random, randomFor } from "../../sandbox/people/random.ts";
import { comparePeriods, comparisonHistoryDays } from "../../src/analytics/comparison.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { fromModelScale, type MetricModel, type Transform } from "../../src/analytics/metric-model.ts";
import { type Metric, type MetricId, metrics } from "../../src/oura/metrics.ts";
import { type Course, generateCourse } from "./wandering-course.ts";

interface ComparisonCase {
  metric: MetricId;
  course: Course;
  /** Days of the period in question and of the one before it. */
  days: number;
  partnerDays: number;
  /** The true difference, in SDs of single days. */
  shift: number;
}

export interface ComparisonScore {
  /** The share of intervals that hold the true difference. */
  cover: number;
  /** The share called higher or lower. */
  found: number;
  /** The median of half the interval, in true SDs of single days. */
  halfWidth: number;
}

const firstDay = 20_000;
const missingShare = 0.1;

/** Compares two adjacent periods of many people, each with a spread of their own, as an answer does. */
export function scoreComparisons(seed: string, repeats: number, question: ComparisonCase): ComparisonScore {
  const { metric, course, days, partnerDays, shift } = question;
  const { model }: Metric = metrics[metric];
  const length = comparisonHistoryDays + partnerDays + days;
  const start = firstDay + comparisonHistoryDays;
  const before = { start: isoDay(start), end: isoDay(start + partnerDays - 1) };
  const after = { start: isoDay(start + partnerDays), end: isoDay(start + partnerDays + days - 1) };
  let covered = 0;
  let found = 0;
  let judged = 0;
  const halfWidths: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const name = `${seed} ${JSON.stringify(question)} ${repeat}`;
    const random = randomFor(`${name} person`);
    const { of, sd } = model.prior;
    const level = levelOf(metric, random);
    const spread = sd * (of === "level" ? level : 1) * Math.exp(0.25 * random.normal());
    const transform = of === "level" ? "none" : model.transform;
    const values = generateCourse(name, length, course).map((own, index) => {
      if (random.chance(missingShare)) return null;
      const isAfter = index >= comparisonHistoryDays + partnerDays;
      const value = fromModelScale(level + spread * (own + (isAfter ? shift : 0)), transform);
      return metric === "resting_heart_rate" || metric === "hrv" ? Math.max(1, Math.round(value)) : value;
    });
    const comparison = comparePeriods({ firstDay, values }, before, after, model);
    if (!("difference" in comparison)) continue;
    judged += 1;
    if (comparison.kind !== "no_clear_difference") found += 1;
    const onScale = (size: number) => scaleDifference(size, comparison.before.mean ?? 1, transform) / spread;
    const [low, high] = [onScale(comparison.low), onScale(comparison.high)];
    if (low <= shift && high >= shift) covered += 1;
    halfWidths.push((high - low) / 2);
  }
  halfWidths.sort((one, other) => one - other);
  return {
    cover: covered / judged,
    found: found / judged,
    halfWidth: halfWidths[halfWidths.length >> 1] ?? Number.NaN,
  };
}

/** The person's usual value on the scale on which the course is planted. */
function levelOf(metric: MetricId, random: Random): number {
  const { transform, prior }: MetricModel = metrics[metric].model;
  if (prior.of === "level") return 8000;
  if (transform === "ln") return Math.log(random.between(20, 80)); // HRV, ms
  return transform === "ln1p" ? Math.log1p(15) : 100; // 15 minutes to fall asleep; anything else has no natural zero
}

/** A difference in the metric's unit on the scale on which it was planted: of a logarithmic metric it is a ratio. */
function scaleDifference(size: number, base: number, transform: Transform): number {
  if (transform === "ln") return Math.log1p(size / base);
  return transform === "ln1p" ? Math.log1p(size / (1 + base)) : size;
}

/** Named courses: every combination of φ, λ and tails, and what life adds. */
export function comparisonCells(): [string, Course][] {
  const plain = [0, 0.3, 0.5].flatMap((phi) =>
    [0.1, 0.3].flatMap((wander) =>
      [false, true].map((hasHeavyTails): [string, Course] => [
        `φ ${phi}, λ ${wander}${hasHeavyTails ? ", heavy tails" : ""}`,
        { phi, wander, hasHeavyTails },
      ]),
    ),
  );
  const usual: Course = { phi: 0.3, wander: 0.2, hasHeavyTails: true };
  return [
    ...plain,
    ["usual, drift", { ...usual, drifts: true }],
    ["usual, lifestyle nights", { ...usual, hasLifestyleNights: true }],
    ["usual, illness in history", { ...usual, illAt: 40 }],
    ["usual, cycle", { ...usual, hasCycle: true }],
    ["usual, all of these", { ...usual, drifts: true, hasLifestyleNights: true, illAt: 40, hasCycle: true }],
  ];
}
