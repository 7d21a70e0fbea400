import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Assistant, createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, type HeldDocument } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { type MetricId, metricIds, numericMetricIds } from "../../src/oura/metrics.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";

/** Every metric of the catalogue in every tool of metrics, and why one is not in some of them. */

const people = createSyntheticPeople();
const cells = z.array(z.array(z.union([z.string(), z.number(), z.null()])));
const table = z.object({ columns: z.array(z.string()), rows: cells });
const day = 86_400_000;

let assistant: Assistant;
let levels: Map<string, HeldDocument>;

beforeAll(async () => {
  assistant = await createAssistant(people, "everyday");
  const held = await people.held("everyday", "daily_resilience");
  levels = new Map(held.map((document) => [String(document.day), document]));
});

function metricsOf(answer: unknown): unknown[] {
  const { columns, rows } = table.parse(answer);
  return rows.map((row) => row[columns.indexOf("metric")]);
}

it.each(["oura_get_trends", "oura_compare_periods"] as const)("%s answers every metric with numbers", async (tool) => {
  expect(metricsOf(await assistant.call(tool, { metrics: numericMetricIds }))).toEqual(numericMetricIds);
});

it("oura_detect_anomalies judges every metric with numbers, and VO2 max has too few days for it", async () => {
  const { missing } = z
    .object({ missing: z.array(z.object({ what: z.string(), detail: z.string().optional() })) })
    .parse(await assistant.call("oura_detect_anomalies", { metrics: numericMetricIds }));
  const forming = missing.filter(({ detail }) => detail?.includes("14 earlier days are needed"));
  expect(forming.map(({ what }) => what)).toEqual(["vo2_max"]);
});

it("oura_get_statistics counts every metric", async () => {
  for (let from = 0; from < metricIds.length; from += 6) {
    const metrics = metricIds.slice(from, from + 6);
    const answer = await assistant.call("oura_get_statistics", { metrics, last_days: 200 });
    expect(metricsOf(answer)).toEqual(metrics);
    const { columns, rows } = table.parse(answer);
    for (const row of rows) expect(row[columns.indexOf("n")], String(row[0])).toBeGreaterThan(0);
  }
});

describe("statistics of the restless person and of a new one", () => {
  const bytesOf = (answer: unknown) => new TextEncoder().encode(JSON.stringify(answer)).byteLength;

  it("are at most 1.5 KB where nothing is asked for", async () => {
    for (const person of ["restless", "new", "everyday"]) {
      const other = await createAssistant(people, person);
      expect(bytesOf(await other.call("oura_get_statistics")), person).toBeLessThanOrEqual(1500);
    }
  });

  it("are at most 4 KB for two years of one metric by month, up to any day", async () => {
    const restless = await createAssistant(people, "restless");
    for (const metric of ["resilience", "total_sleep_with_naps", "temperature_deviation", "bedtime", "steps"])
      for (const end_date of ["2026-11-20", "2026-08-31", "2025-12-15"]) {
        const input = { metrics: [metric], group_by: "month", last_days: 731, end_date };
        expect(bytesOf(await restless.call("oura_get_statistics", input)), `${metric} ${end_date}`).toBeLessThanOrEqual(
          4096,
        );
      }
  });
});

describe("resilience, whose levels have an order and no distance", () => {
  it.each([trendsTool, comparePeriodsTool, anomaliesTool])("is refused by a tool of means with the reason", (tool) => {
    expect(() => tool.ask({ metrics: ["resilience"] })).toThrow(
      expect.objectContaining({
        failure: {
          kind: "bad_input",
          problems: [
            'metrics: "resilience" is not accepted; write a metric with numbers; resilience has levels and no mean, and oura_get_statistics counts the days of each.',
          ],
        },
      }),
    );
  });

  it("is the only metric that is left out", () => {
    const without: readonly MetricId[] = metricIds.filter((id) => !numericMetricIds.includes(id));
    expect(without).toEqual(["resilience"]);
  });

  it("has the days of each level, and no mean, whatever the span and the groups", async () => {
    const names = ["limited", "adequate", "solid", "strong", "exceptional"];
    const today = Date.UTC(2026, 10, 20) / day;
    const asked = fc.record({
      last: fc.integer({ min: 0, max: 300 }),
      length: fc.integer({ min: 1, max: 400 }),
      group: fc.constantFrom("none", "month", "year"),
      above: fc.constantFrom("adequate", "solid"),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ last, length, group, above }) => {
        const isoDay = (number: number) => new Date(number * day).toISOString().slice(0, 10);
        const days = Array.from({ length }, (_, index) => isoDay(today - last - length + 1 + index));
        const nameOf = (one: string) => (group === "none" ? "" : one.slice(0, group === "month" ? 7 : 4));
        const input = { metrics: ["resilience"], start_date: days[0], end_date: days.at(-1), above };
        const answer = await assistant.call("oura_get_statistics", { ...input, group_by: group });
        const shown = z.object({ levels: table, matches: z.object({ count: z.number() }) }).parse(answer);
        const { columns, rows } = shown.levels;
        expect(table.parse(answer).columns).not.toContain("mean");
        const counted = rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
        for (const row of counted)
          for (const level of names)
            expect(row[level]).toBe(
              days.filter((one) => nameOf(one) === (row.group ?? "") && levels.get(one)?.level === level).length,
            );
        const higher = names.slice(names.indexOf(above) + 1);
        expect(shown.matches.count).toBe(days.filter((one) => higher.includes(String(levels.get(one)?.level))).length);
      }),
      { numRuns: 25, seed: 20 },
    );
  });
});
