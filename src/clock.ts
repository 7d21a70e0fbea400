/**
 * The time, epoch ms. The only place that asks for it: everything else takes a clock as an argument or imports this one.
 */
export function now(): number {
  return Date.now();
}
