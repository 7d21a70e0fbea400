import fc from "fast-check";
import type { HeldDocument } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { asBody, infinite } from "./held.ts";
import { hostileJson, hostileNumber } from "./hostile.ts";
import { upstreamMark } from "./invariants.ts";

/** Oura documents with errors, and answers that contain no documents. */

const timestamps = fc.constantFrom(
  ...["", "Z", "2026-11-20", "2026-11-20T07:00:00", "2026-11-20T07:00:00Z", "2026-11-20T07:00:00+99:99"],
  ...["2026-11-20T25:61:61+02:00", "9999-12-31T23:59:59-14:00", "0000-01-01T00:00:00Z", "-271821-04-20T00:00:00Z"],
  ...["+275760-09-13T00:00:00Z", "1970-01-01T00:00:00+00:00", "2026-11-20 07:00", "yesterday", "2026-13-45T00:00:00Z"],
);

/** Texts without words such as "NaN", which the invariants would report as broken sentences. */
const words = fc.oneof(
  fc.string({ maxLength: 30 }).filter((text) => !/NaN|Infinity|undefined/.test(text)),
  fc.constantFrom(
    "",
    "unknown",
    "a_new_word",
    "<b>bold</b>",
    "deleted",
    "long_sleep",
    "__proto__",
    "x".repeat(200_000),
  ),
);

const value = fc.oneof(
  { weight: 3, arbitrary: timestamps },
  { weight: 2, arbitrary: words },
  { weight: 4, arbitrary: hostileNumber.map((number) => (Number.isFinite(number) ? number : infinite)) },
  { weight: 3, arbitrary: fc.constantFrom(null, "", 0, -1, "7", [], {}, true, infinite, 255, 1e6) },
  { weight: 1, arbitrary: hostileJson.filter((json) => !/NaN|Infinity|undefined/.test(JSON.stringify(json) ?? "")) },
  {
    weight: 1,
    arbitrary: fc.record({
      interval: fc.oneof(hostileNumber.filter(Number.isFinite), fc.constantFrom(0, -60, 1e-9, 60, 300, 1e12)),
      items: fc.array(fc.oneof(hostileNumber.filter(Number.isFinite), fc.constant(null)), { maxLength: 60 }),
      timestamp: timestamps,
    }),
  },
);

export interface Mutation {
  /** Route, document and field, as fractions of their number. */
  at: [number, number, number];
  change:
    | { kind: "set"; value: unknown }
    | { kind: "set in every document"; value: unknown }
    | { kind: "drop field" | "drop document" | "repeat document" | "swap with next" | "drop all but last" };
}

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999)),
    change: fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant("set" as const), value }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("set in every document" as const), value }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom(
            ...(["drop field", "drop document", "repeat document", "swap with next", "drop all but last"] as const),
          ),
        }),
      },
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A copy of the documents with every mutation made. */
export function mutate(
  held: Record<string, HeldDocument[]>,
  changes: readonly Mutation[],
): Record<string, HeldDocument[]> {
  const copy: Record<string, HeldDocument[]> = { ...held };
  for (const { at, change } of changes) {
    const route = pick(Object.keys(copy), at[0]);
    const rows = [...(route ? (copy[route] ?? []) : [])];
    const index = Math.floor((at[1] / 1000) * rows.length);
    const row = rows[index];
    const field = row && pick(Object.keys(row), at[2]);
    if (!route || !row || !field) continue;
    switch (change.kind) {
      case "set":
        rows[index] = { ...row, [field]: change.value };
        break;
      case "set in every document":
        for (const [each, one] of rows.entries()) rows[each] = { ...one, [field]: change.value };
        break;
      case "drop field":
        rows[index] = Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
        break;
      case "drop document":
        rows.splice(index, 1);
        break;
      case "repeat document":
        rows.push(...new Array<HeldDocument>(at[2] % 50).fill(row));
        break;
      case "swap with next":
        rows.splice(index, 2, ...rows.slice(index, index + 2).toReversed());
        break;
      case "drop all but last":
        rows.splice(0, rows.length - 1);
        break;
    }
    copy[route] = rows;
  }
  return copy;
}

function pick<T>(list: readonly T[], share: number): T | undefined {
  return list[Math.floor((share / 1000) * list.length)];
}

/** Invalid answers with any status, type and text, with a marker to detect leaks. */
export const strangeAnswer: fc.Arbitrary<StrangeAnswer> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 200, 200, 201, 206, 301, 302, 400, 401, 403, 404, 418, 422, 426, 429, 500, 502, 503, 504),
    fc.integer({ min: 200, max: 599 }).filter((status) => ![204, 205, 304].includes(status)),
  ),
  body: fc.oneof(
    { weight: 3, arbitrary: hostileJson.map((json) => asBody(json)) },
    {
      weight: 3,
      arbitrary: fc.oneof(hostileJson, fc.array(hostileJson)).map((data) => asBody({ data, next_token: null })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.array(hostileJson), hostileJson).map(([data, next_token]) => asBody({ data, next_token })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...[
          "",
          " ",
          "null",
          "[]",
          "{}",
          '{"data":',
          '{"data":[{"day":"2026-11-',
          "\ufeff{}",
          '{"data":[],"next_token":"a"}',
        ],
        ...['{"data":[{}],"next_token":null}', "<html><h1>502 Bad Gateway</h1></html>", `{"__proto__":{"data":[]}}`],
      ),
    },
  ),
  detail: fc.constantFrom(
    "Not found",
    "User has not authorized access daily scope",
    "not authorized access nonsense scope",
    "Too many requests",
    "Your membership has expired",
  ),
  headers: fc.record(
    {
      "retry-after": fc.constantFrom(
        "0",
        "1",
        "-1",
        "1e9",
        "99999999999999999999",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "soon",
      ),
      "content-type": fc.constantFrom("text/html", "text/plain", "application/json; charset=latin1", "text/csv"),
      location: fc.constantFrom("https://evil.test/", "/", ""),
    },
    { requiredKeys: [] },
  ),
});

export function asResponse({ status, body, detail, headers }: StrangeAnswer): Response {
  const text = status === 200 ? body : `${body}{"detail":"${detail} ${upstreamMark}"}`;
  return new Response(text, { status, headers: Object.entries(headers) });
}

interface StrangeAnswer {
  status: number;
  body: string;
  detail: string;
  headers: { "retry-after"?: string; "content-type"?: string; location?: string };
}
