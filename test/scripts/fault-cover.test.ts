import { expect, it } from "vitest";
import { coverOf } from "../../scripts/faults/cover.ts";

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
