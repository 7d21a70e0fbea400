import { describe, expect, it } from "vitest";
import { createSyntheticPeople } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { type MetricDocuments, routesOf } from "../../src/oura/metric-series.ts";
import { numericMetricIds } from "../../src/oura/metrics.ts";
import { gatherSleepDays } from "../../src/oura/night.ts";
import { ouraRoutes } from "../../src/oura/routes.ts";
import { resolvePeriods } from "../../src/tools/compare-periods/compared-periods.ts";
import { compareMetrics } from "../../src/tools/compare-periods/comparison-table.ts";

describe("the last seven days of the everyday person", () => {
  it("have an interval of at most 2 SD to each side for every metric that is measured daily, on every day of the week", async () => {
    const people = createSyntheticPeople();
    const documents: Record<string, object[]> = {};
    for (const route of routesOf(numericMetricIds)) documents[route] = await people.held("everyday", route);
    // The simulator's documents have Oura's form.
    documents.sleep = gatherSleepDays(
      (documents.sleep ?? []).map((period) => ouraRoutes.sleep.schema.parse(period)),
      () => null,
    );
    const data = { documents: documents as MetricDocuments, strain: {} };
    const newest = "2026-11-19" as IsoDay; // a date of the calendar
    for (let back = 0; back < 7; back++) {
      const today: IsoDay = addDays(newest, -back);
      const input = { last_days: 7 };
      const periods = resolvePeriods(input, { today, latest: today, dayOf: () => today, note() {} });
      const options = { periods, input, today };
      // Ōura estimates VO2 max on a few days a month only, so a week of it has too few values.
      const daily = numericMetricIds.filter((id) => id !== "vo2_max");
      for (const { id, comparison } of compareMetrics(daily, data, options)) {
        if (!("difference" in comparison)) throw new Error(`${id} on ${today}: ${comparison.kind}`);
        const { halfWidth, sds, difference } = comparison;
        const sdsOfHalf = halfWidth * Math.abs((sds ?? 0) / (difference || 1));
        expect(sdsOfHalf, `${id} on ${today}`).toBeLessThanOrEqual(2);
        expect(comparison.isProvisional, id).toBe(false);
      }
    }
  });
});
