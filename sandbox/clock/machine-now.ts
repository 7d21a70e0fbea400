/**
 * The machine's clock in epoch ms, even where `Date` is replaced. Tests, scripts and the simulator use a run's clock
 * instead; test/clocks/one-clock.test.ts lists the few files that may read the machine's clock.
 */
export function machineNow(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
