import { expect, it } from "vitest";
import type * as z from "zod";
import { type MetricId, metricIds, metrics } from "../../src/oura/metrics.ts";
import { scopesOfRoute } from "../../src/oura/routes.ts";
import { wantedOf } from "../../src/question/wanted.ts";
import { tools } from "../../src/tools/index.ts";

/** The metrics that an argument of the tool offers. */
function offeredMetrics(input: z.ZodObject): MetricId[] {
  const offered = Object.values(input.shape).flatMap((field) => {
    const wanted = wantedOf(field);
    return wanted.kind === "list" && wanted.item.kind === "choice" ? wanted.item.values : [];
  });
  return metricIds.filter((id) => offered.includes(id));
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
