import fc from "fast-check";
import { expect, it } from "vitest";
import { readHeartRateRow, toHeartRateRows } from "../../src/oura/heart-rate-row.ts";
import { heartRate } from "../../src/oura/schemas.ts";

const anything = fc.anything({ maxDepth: 1 });
const bpm = fc.oneof(fc.integer({ min: 0, max: 260 }), fc.double(), fc.constantFrom(25, 220, 24.9, 220.1), anything);

it("reads a heart-rate row exactly as its schema does", () => {
  const row = fc.oneof(
    fc.record({ timestamp: fc.oneof(fc.string(), anything), bpm, source: fc.oneof(fc.string(), anything) }),
    fc.record({ timestamp: fc.string(), bpm, source: fc.string() }, { requiredKeys: [] }),
    anything,
  );
  fc.assert(
    fc.property(row, (input) => {
      const { success, data } = heartRate.safeParse(input);
      expect(readHeartRateRow(input)).toEqual(success ? data : null);
    }),
    { numRuns: 2_000 },
  );
});

it("keeps one of two identical rows from overlapping parts, and both rows of different sources", () => {
  const row = (timestamp: string, source: string) => ({ timestamp, bpm: 60, source });
  const shared = row("2026-11-20T10:00:00Z", "awake");
  const parts = [
    { rows: [row("2026-11-20T09:55:00Z", "awake"), shared] },
    { rows: [shared, row("2026-11-20T10:00:00Z", "workout"), row("2026-11-20T10:00:00Z", "workout")] },
  ];
  const rows = toHeartRateRows(parts, Date.parse("2026-11-20T00:00:00Z"), Date.parse("2026-11-21T00:00:00Z"));
  expect(rows.map(({ source }) => source)).toEqual(["awake", "awake", "workout"]);
});
