import { describe, expect, it } from "vitest";
import { coverOf, withoutReferences } from "../../scripts/faults/cover.ts";

it("takes a metric lost as context as the cause of other changes against the history, and of nothing else", () => {
  const isCovered = coverOf("oura_get_trends", [{ what: "temperature_deviation as context", reason: "unavailable" }]);
  expect(isCovered({ field: "vs_window", row: "steps", kind: "changed" })).toBe(true);
  expect(isCovered({ field: "mean", row: "steps", kind: "changed" })).toBe(false);
  const other = coverOf("oura_get_trends", [{ what: "hrv", days: "2026-10-20", reason: "unavailable" }]);
  expect(other({ field: "vs_window", row: "steps", kind: "changed" })).toBe(false);
});

it("covers the rings of the device where the ring of each night could not be read", () => {
  const isCovered = coverOf("oura_get_device", [{ what: "the ring of each night", reason: "unavailable" }]);
  expect(isCovered({ field: "rings", row: null, kind: "changed" })).toBe(true);
  expect(isCovered({ field: "battery", row: null, kind: "gone" })).toBe(false);
});

describe("days that an answer counts because they are too many to list", () => {
  const notWorn = (days: string) => ({ what: "sleep", days, reason: "not_worn" });
  const counted = notWorn("15 days from 2026-01-14 to 2026-09-15");

  it("are no new statement where a fault leaves few enough to list", () => {
    const listed = notWorn("2026-01-14, 2026-02-23..2026-02-27, 2026-09-15");
    expect(withoutReferences("oura_get_statistics", [listed], [counted])).toEqual([]);
    expect(withoutReferences("oura_get_statistics", [counted], [counted])).toEqual([]);
  });

  it.each([notWorn("2026-01-13"), notWorn("2026-09-15, 2026-09-16"), notWorn("16 days from 2026-01-13 to 2026-09-15")])(
    "are a new statement where they go beyond those of the answer without a fault ($days)",
    (entry) => {
      expect(withoutReferences("oura_get_statistics", [entry], [counted])).toEqual([entry]);
    },
  );
});
