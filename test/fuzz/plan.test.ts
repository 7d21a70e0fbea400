import { expect, it } from "vitest";
import { ordinaryCases, plannedCases } from "./plan.ts";

it("an ordinary run tries at least 20,000 cases", () => {
  expect(plannedCases).toBeGreaterThanOrEqual(20_000);
});

it("states in the documents how many cases an ordinary run has", () => {
  const files = import.meta.glob<string>(["/CONTRIBUTING.md", "/docs/reliability.md"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const stated = /with ([\d,]+) inputs that are the same|a short run \| .*? \| ([\d,]+) cases/g;
  const numbers = Object.values(files).flatMap((text) =>
    Array.from(text.matchAll(stated), ([, inputs, cases]) => inputs ?? cases),
  );
  const expected = ordinaryCases.toLocaleString("en");
  expect(numbers).toEqual([expected, expected]);
});
