import { expect, it } from "vitest";
import * as z from "zod";
import { type MetricId, metricIds, metrics } from "../../src/oura/metrics.ts";
import { scopesOfRoute } from "../../src/oura/routes.ts";
import { tools } from "../../src/tools/index.ts";

/** The metrics that an argument of the tool offers. */
function offeredMetrics(input: z.ZodObject): MetricId[] {
  const schema = JSON.stringify(z.toJSONSchema(input, { io: "input" }));
  return metricIds.filter((id) => schema.includes(`"${id}"`));
}

const offers = tools
  .map(({ name, input, scopes }) => ({ name, scopes, offered: offeredMetrics(input) }))
  .filter(({ offered }) => offered.length > 0);

it("knows the tools that take metrics", () => {
  expect(offers.map(({ name }) => name)).toContain("oura_get_trends");
  expect(new Set(offers.flatMap(({ offered }) => offered))).toEqual(new Set(metricIds));
});

it.each(offers)("$name asks for the permissions of every metric that it offers", ({ scopes, offered }) => {
  const needed = offered.flatMap((id) => scopesOfRoute(metrics[id].route));
  expect(new Set<string>(scopes)).toEqual(new Set([...scopes, ...needed]));
});
