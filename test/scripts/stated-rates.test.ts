import { describe, expect, it } from "vitest";
import { falseMonths, falseWeekdays, foundRhythms } from "../../scripts/evaluate/calendar-and-rhythm.ts";
import { scoreOrdinaryDays } from "../../scripts/evaluate/ordinary-days.ts";
import { scoreComparisons } from "../../scripts/evaluate/short-comparisons.ts";
import { type MetricId, metrics, numericMetricIds } from "../../src/oura/metrics.ts";

/**
 * The rates that docs/analytics.md states, on a few hundred synthetic people each. `npm run evaluate` prints them for
 * thousands, in more cells. The people are the same at every run.
 */
const seed = "stated rates";
const usual = { phi: 0.3, wander: 0.2, hasHeavyTails: true };

function compare(metric: MetricId, people: number, question: Partial<Parameters<typeof scoreComparisons>[2]>) {
  return scoreComparisons(seed, people, { metric, course: usual, days: 7, partnerDays: 28, shift: 0, ...question });
}

describe("comparisons of synthetic people", () => {
  it("have 95 % intervals that hold 93 to 98 % of the true differences, for 3 to 14 days", () => {
    let covered = 0;
    const lengths = [3, 5, 7, 14];
    const courses = [usual, { ...usual, wander: 0.3 }, { ...usual, drifts: true, hasLifestyleNights: true }];
    for (const days of lengths)
      for (const course of courses) covered += compare("resting_heart_rate", 150, { course, days }).cover;
    const mean = covered / (lengths.length * courses.length);
    expect(mean).toBeGreaterThan(0.93);
    expect(mean).toBeLessThan(0.98);
  });

  it("find half of the changes of 1.5 SD in a week against a week, and three quarters of those of 2 SD", () => {
    const found = (shift: number) =>
      compare("resting_heart_rate", 400, { course: { ...usual }, partnerDays: 7, shift }).found;
    expect(found(1.5)).toBeGreaterThan(0.5);
    expect(found(2)).toBeGreaterThan(0.75);
  });

  it("call at most 7 % of adjacent months different where the level wanders by .3, whatever the metric's own λ", () => {
    const wandering = ["resting_heart_rate", "hrv", "total_sleep", "breathing_rate"] as const;
    const shares = wandering.map((metric) => {
      const course = { phi: metrics[metric].model.prior.phi, wander: 0.3, hasHeavyTails: true };
      return compare(metric, 300, { course, days: 28 }).found;
    });
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThanOrEqual(0.07);
  });

  it("have half an interval of less than 2 SD for a week of every metric", () => {
    for (const metric of numericMetricIds) {
      const { cover, halfWidth } = compare(metric, 25, {});
      expect(halfWidth, metric).toBeLessThan(2);
      expect(cover, metric).toBeGreaterThan(0.8);
    }
  });
});

describe("synthetic people of whom nothing is to be found", () => {
  it("have ordinary days that are called more than ordinary in at most 10 % of answers, at every sensitivity", () => {
    for (const sensitivity of ["low", "medium", "high"] as const) {
      const { called } = scoreOrdinaryDays(seed, 30, { days: 30, sensitivity, shuffled: true });
      expect(called, sensitivity).toBeLessThanOrEqual(0.1);
    }
  });

  it("have weekdays and months that are called different in at most 6 %", () => {
    const { weekends, weekdays } = falseWeekdays(seed, 300, 84, usual);
    expect(Math.max(weekends, weekdays)).toBeLessThanOrEqual(0.06);
    expect(falseMonths(seed, 100, { ...usual, wander: 0.3 })).toBeLessThanOrEqual(0.06);
  });

  it("have no monthly rhythm in 99 %, and those with one have it in 85 %", () => {
    const rhythm = { days: 180, sd: 0.15 };
    expect(foundRhythms(seed, 300, { ...rhythm, rise: [0.3, 0.4] })).toBeGreaterThanOrEqual(0.85);
    expect(foundRhythms(seed, 300, { ...rhythm, rise: null })).toBeLessThanOrEqual(0.01);
  });
});
