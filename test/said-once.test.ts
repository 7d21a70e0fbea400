import { expect, it } from "vitest";
import architecture from "../docs/architecture.md?raw";
import security from "../docs/security.md?raw";
import readme from "../README.md?raw";
import { PEOPLE } from "../sandbox/people/people.ts";
import { strainMetrics } from "../src/analytics/strain.ts";
import { type Metric, metricIds, metrics } from "../src/oura/metrics.ts";
import { heldFor } from "../src/web/held-for.ts";
import { sayNumber } from "../src/words/present.ts";

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
  ["docs/security.md", security],
])("%s states the same time in memory for health data as the code", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`in memory for at most ${heldFor}`);
});

it("the catalogue and the strain analytics use the same signs of strain", () => {
  const adverse = metricIds.filter((id) => {
    const metric: Metric = metrics[id];
    return metric.adverse !== null;
  });
  expect(adverse.toSorted()).toEqual([...strainMetrics].toSorted());
});

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
])("%s states how many synthetic people there are", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`${sayNumber(PEOPLE.length)} synthetic people`);
});
