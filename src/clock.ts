/**
 * The current time in epoch milliseconds. This is the only place in the worker's code that calls `Date.now()`. All
 * other code imports this function or takes a clock as an argument, so that tests can set the time.
 */
export function now(): number {
  return Date.now();
}
