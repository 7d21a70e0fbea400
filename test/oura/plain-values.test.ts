import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasValidKeyFields, isOdd } from "../../src/oura/odd-records.ts";
import { createPlainReader } from "../../src/oura/plain-values.ts";
import { type OuraRouteName, ouraRouteNames, ouraRoutes } from "../../src/oura/routes.ts";

const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    0,
    -0,
    1,
    50,
    220,
    255,
    -5,
    4.5,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
  fc.constantFrom<unknown>("", "1", "2026-11-20", "2026-02-30", "2026-11-20T10:00:00Z", "long_sleep", "x".repeat(101)),
  fc.constantFrom<unknown>([], {}, [1], { average: 96 }, { interval: 60, items: [1, null] }),
  fc.double(),
  fc.string(),
);

/** A row whose fields are mostly right, so that many rows are read whole. */
function rowOf(name: OuraRouteName): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.keys(ouraRoutes[name].schema.shape);
  const right = (field: string) =>
    fc.constantFrom<unknown>(...(field.endsWith("day") ? ["2026-11-20"] : [null, 30, "rest"]));
  const field = (key: string) => fc.oneof({ weight: 12, arbitrary: right(key) }, { weight: 1, arbitrary: values });
  return fc.record(Object.fromEntries([...fields, "more"].map((key) => [key, field(key)])), {
    requiredKeys: fields.slice(1),
  });
}

describe("a row that is read without its schema", () => {
  it.each(ouraRouteNames)("is what the schema of %s makes of it, and holds nothing that could not be read", (name) => {
    const { schema } = ouraRoutes[name];
    const readPlain = createPlainReader(schema);
    // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so there is no promise
    fc.assert(
      fc.property(rowOf(name), (row) => {
        const plain = readPlain(row);
        if (plain === null) return;
        expect(plain).toStrictEqual(schema.parse(row));
        expect(Object.keys(plain)).toEqual(Object.keys(schema.parse(row)));
        expect(isOdd(name, row, plain)).toBe(!hasValidKeyFields(name, row));
      }),
    );
  });

  it.each<[OuraRouteName, object]>([
    ["daily_sleep", { day: "2026-11-20", score: 80 }],
    ["daily_stress", { day: "2026-11-20", stress_high: 3_600, recovery_high: null, day_summary: "normal" }],
    ["workout", { day: "2026-11-20", intensity: "hard", start_datetime: "2026-11-20T10:00:00+01:00" }],
    [
      "enhanced_tag",
      { start_day: "2026-11-20", end_day: null, tag_type_code: "tag_nap", start_time: null, end_time: null },
    ],
    ["ring_battery_level", { timestamp: "2026-11-20T10:00:00Z", level: 40, charging: false, in_charger: null }],
  ])("is an ordinary row of %s", (name, row) => {
    expect(createPlainReader(ouraRoutes[name].schema)({ ...row, id: "more than is read" })).toEqual(row);
  });

  it.each([null, "text", [], 1, undefined])("is not %j", (row) => {
    expect(createPlainReader(ouraRoutes.daily_sleep.schema)(row)).toBeNull();
  });

  it.each([
    ["a score of 0, which Oura writes for none", { day: "2026-11-20", score: 0 }],
    ["a day with a time", { day: "2026-11-20T00:00:00", score: 80 }],
    ["no day", { score: 80 }],
    ["a score as text", { day: "2026-11-20", score: "80" }],
    ["no score", { day: "2026-11-20" }],
  ])("is not one with %s", (_, row) => {
    expect(createPlainReader(ouraRoutes.daily_sleep.schema)(row)).toBeNull();
  });
});
