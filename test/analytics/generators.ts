import fc from "fast-check";
import type { DailySeries } from "../../src/analytics/series.ts";

export const firstDay = 20_000;

/** Realistic series: gaps, ties, whole numbers, constants. */
export function ringSeries(length = 100): fc.Arbitrary<DailySeries> {
  const night = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 40, max: 80 }) },
    { weight: 2, arbitrary: fc.double({ min: 40, max: 80, noNaN: true }) },
    { weight: 2, arbitrary: fc.constant(null) },
  );
  const values = fc.oneof(
    { weight: 8, arbitrary: fc.array(night, { minLength: length, maxLength: length }) },
    { weight: 1, arbitrary: fc.integer({ min: 40, max: 80 }).map((value) => new Array<number>(length).fill(value)) },
  );
  return values.map((list) => ({ firstDay, values: list }));
}

/** Series of any numbers that a series accepts. */
export function wildSeries(): fc.Arbitrary<DailySeries> {
  const value = fc.oneof(
    fc.constant(null),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.constantFrom(0, -0, 5e-324, 1e-300, 1, 1e15, -1e15),
  );
  const repeated = fc.tuple(value, fc.nat(100)).map(([one, length]) => new Array<number | null>(length).fill(one));
  return fc.oneof(fc.array(value, { maxLength: 100 }), repeated).map((values) => ({ firstDay, values }));
}

/** Deterministic Gaussian AR(1), for tests of error rates. */
export function gaussianSeries(seed: number, length: number, phi = 0): number[] {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  let value = normal();
  return Array.from({ length }, () => {
    const now = value;
    value = phi * value + Math.sqrt(1 - phi * phi) * normal();
    return now;
  });
}

/** All numbers at any depth of an answer. */
export function numbersIn(answer: unknown): number[] {
  if (typeof answer === "number") return [answer];
  if (answer instanceof Set || answer instanceof Map) return numbersIn([...answer]);
  return typeof answer === "object" && answer !== null ? Object.values(answer).flatMap(numbersIn) : [];
}
