/** A deterministic random stream. The same keys always give the same stream. */
export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** What `uniform` would give after `count` further draws; draws nothing. */
  uniformAfter(count: number): number;
  /** Leaves out `count` numbers. A `normal` takes two. */
  skip(count: number): void;
  /** Another stream that goes on from here by itself. */
  fork(): Random;
  between(low: number, high: number): number;
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(options: readonly [T, ...T[]]): T;
  normal(): number;
  /**
   * Student's t with 5 degrees of freedom, scaled to variance 1: outliers are more frequent than in a normal
   * distribution. Beyond 3.5 it is cut off, or some of the thousands of draws would give impossible nights.
   */
  heavyTailed(): number;
}

/**
 * The stream of random numbers for `keys`. Every day of every person has its own streams, so a day can be generated
 * alone and in any order, and does not change when the clock advances.
 */
export function randomFor(...keys: readonly (string | number)[]): Random {
  return new Mulberry32(hash(keys.join("|")));
}

/** 32 bits of state are enough for the few thousand draws of one day. A class, because there are many streams a day. */
class Mulberry32 implements Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  uniform(): number {
    this.state = (this.state + STEP) | 0;
    return uniformOf(this.state);
  }

  uniformAfter(count: number): number {
    return uniformOf((this.state + Math.imul(count + 1, STEP)) | 0);
  }

  skip(count: number): void {
    this.state = (this.state + Math.imul(count, STEP)) | 0;
  }

  fork(): Random {
    return new Mulberry32(this.state);
  }

  between(low: number, high: number): number {
    return low + this.uniform() * (high - low);
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.integer(0, options.length - 1)] ?? options[0];
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  heavyTailed(): number {
    let chiSquare = 0;
    for (let i = 0; i < 5; i++) chiSquare += this.normal() ** 2;
    const value = (this.normal() / Math.sqrt(chiSquare / 5)) * Math.sqrt(3 / 5);
    return Math.min(3.5, Math.max(-3.5, value));
  }
}

/** How far a draw moves the state. */
const STEP = 0x6d2b79f5;

function uniformOf(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** FNV-1a with a final avalanche, so that neighbouring days get unrelated streams. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A smooth pseudo-random curve between −1 and 1 with a period of about `period` days. */
export function wander(day: number, period: number, ...keys: readonly (string | number)[]): number {
  const knot = Math.floor(day / period);
  const from = randomFor(...keys, "wander", knot).between(-1, 1);
  const to = randomFor(...keys, "wander", knot + 1).between(-1, 1);
  const share = day / period - knot;
  return from + (to - from) * (1 - Math.cos(Math.PI * share)) * 0.5;
}
