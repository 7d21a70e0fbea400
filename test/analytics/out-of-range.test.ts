import { expect, it } from "vitest";
import { outOfRange } from "../../src/analytics/out-of-range.ts";

it("fails for an index that the list does not have, and never counts it as 0", () => {
  const values = [50, 0];
  expect(values[1] ?? outOfRange(1)).toBe(0);
  expect(() => values[2] ?? outOfRange(2)).toThrow(new RangeError("No element at index 2"));
});
