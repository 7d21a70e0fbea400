import { expect, it } from "vitest";
import { plannedCases } from "./plan.ts";

it("an ordinary run tries at least 20,000 cases", () => {
  expect(plannedCases).toBeGreaterThanOrEqual(20_000);
});
