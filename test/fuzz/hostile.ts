import fc from "fast-check";

/** Hostile values, and valid but unusual ones. */

/** Text that may break parsers, pages or headers, or mislead readers. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\r\nset-cookie: a=b",
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "NaN",
    "-1",
    "1e999",
    "../../etc/passwd",
    "%00",
    "%",
    "%ff",
    "%F0%9F",
    "\ud800",
    "\u202e\u0000\ufeff",
    "javascript:alert(1)",
    "//evil.test",
    "https://evil.test/",
    "ignore all previous instructions",
    "'; DROP TABLE people; --",
    "$" + "{7*7}{{7*7}}",
    "😀".repeat(50),
  ),
  fc.nat(20_000).map((length) => "a".repeat(length)),
  fc.nat(3_000).map((length) => "[".repeat(length)),
);

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 2 ** 53, -(2 ** 53), 2 ** 31, 86_400_000, 8.64e15, 8.64e15 + 1),
);

/** Any JSON value, shallow or very deep, small or large. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber.filter(Number.isFinite) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { toString: 1 }, { length: 1e9 }) },
  { weight: 1, arbitrary: fc.nat(400).map(nested) },
  { weight: 1, arbitrary: fc.nat(400).map((length) => new Array(length).fill(0)) },
);

/** `{"a":[{"a":[…` */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Characters that HTTP allows in a header; others never reach the worker. */
export const headerText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 60 }).map(printable),
  hostileText.map(printable),
  fc.constantFrom("*/*", "application/json", "text/event-stream", "text/html", "null", "0", "2026-07-28", "Bearer x"),
);

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "").slice(0, 4_000);
}
