/**
 * The current time, epoch ms. The only call of `Date.now()`: other code takes a clock as an argument or imports this
 * one.
 */
export function now(): number {
  return Date.now();
}
