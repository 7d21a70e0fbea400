import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoDay, parseIsoDay } from "../../../src/analytics/day.ts";
import { cutLocalTime } from "../../../src/analytics/intraday/local-buckets.ts";
import { localDay, localInstant } from "../../../src/analytics/intraday/local-day.ts";
import { listZoneOffsets } from "../../../src/analytics/intraday/zone-offsets.ts";

const hour = 3_600_000;

function dayIn(zone: string, label: string) {
  const day = parseIsoDay(label) ?? isoDay(0);
  const offsets = listZoneOffsets(
    zone,
    Date.parse(`${label}T00:00Z`) - 24 * hour,
    Date.parse(`${label}T00:00Z`) + 48 * hour,
  );
  if (offsets === null) throw new Error(zone);
  return { offsets, ...localDay(day, offsets) };
}

describe("a local day", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", 23],
    ["Europe/Berlin", "2026-10-25", 25],
    ["Europe/Berlin", "2026-06-01", 24],
    ["America/New_York", "2026-11-01", 25],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["Pacific/Tongatapu", "2026-04-05", 24],
  ])("in %s on %s has %d hours", (zone, label, hours) => {
    const { start, end } = dayIn(zone, label);
    expect((end - start) / hour).toBe(hours);
  });

  it("maps a skipped time to the clock change, and a repeated time to its first occurrence", () => {
    const spring = dayIn("Europe/Berlin", "2026-03-29").offsets;
    const autumn = dayIn("Europe/Berlin", "2026-10-25").offsets;
    expect(localInstant(isoDay(20_541), 150, spring)).toBe(Date.parse("2026-03-29T01:00Z")); // 02:30 is skipped
    expect(localInstant(isoDay(20_751), 150, autumn)).toBe(Date.parse("2026-10-25T00:30Z")); // 02:30 comes twice
  });

  it("is unknown in an unknown zone", () => {
    expect(listZoneOffsets("Mars/Olympus", 0, hour)).toBeNull();
  });
});

describe("buckets of local time", () => {
  it("start at round local times", () => {
    const start = Date.parse("2026-06-01T10:07+05:45");
    const buckets = cutLocalTime(start, start + hour, 15, [{ from: 0, offsetMinutes: 345 }]);
    expect(buckets.map(({ end }) => new Date(end + 345 * 60_000).getUTCMinutes())).toEqual([15, 30, 45, 0, 7]);
  });

  it("are 23 or 25 one-hour buckets on days with a clock change", () => {
    for (const [label, count] of [
      ["2026-03-29", 23],
      ["2026-10-25", 25],
    ] as const) {
      const { start, end, offsets } = dayIn("Europe/Berlin", label);
      const buckets = cutLocalTime(start, end, 60, offsets);
      expect(buckets).toHaveLength(count);
      expect(new Set(buckets.map((bucket) => bucket.offsetMinutes))).toEqual(new Set([60, 120]));
    }
  });

  it("cover the interval without overlap", () => {
    const offsets = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: -48, max: 56 })), { maxLength: 4 });
    const size = fc.constantFrom(5, 15, 30, 60);
    fc.assert(
      fc.property(fc.nat(400 * 60_000), fc.nat(100 * 60_000), size, offsets, (start, length, minutes, changes) => {
        const spans = changes
          .toSorted(([one], [other]) => one - other)
          .map(([at, quarters]) => ({ from: at * 60_000, offsetMinutes: quarters * 15 }));
        const buckets = cutLocalTime(start, start + length, minutes as 5 | 15 | 30 | 60, spans); // from the list above
        const edges = buckets.flatMap((bucket) => [bucket.start, bucket.end]);
        expect(edges).toEqual(edges.toSorted((one, other) => one - other));
        expect(buckets.reduce((sum, bucket) => sum + bucket.end - bucket.start, 0)).toBe(length);
        expect(buckets.every((bucket) => bucket.end - bucket.start <= minutes * 60_000)).toBe(true);
      }),
    );
  });
});
